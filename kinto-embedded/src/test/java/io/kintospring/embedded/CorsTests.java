package io.kintospring.embedded;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import io.kintospring.embedded.junit.EmbeddedKinto;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the CORS headers, which differ by endpoint.
 */
@EmbeddedKinto
class CorsTests {

	private static final List<String> COMMON = List.of("Backoff", "Retry-After", "Alert", "Content-Length",
			"Content-Type");

	private static final List<String> OBJECT = List.of("Last-Modified", "ETag", "Cache-Control", "Expires", "Pragma");

	private static final List<String> LIST = List.of("Next-Page");

	private static final List<String> TOTAL = List.of("Total-Objects", "Total-Records");

	private TestClient alice;

	@BeforeEach
	void createRecord(EmbeddedKintoServer server) {
		this.alice = new TestClient(server, "alice");
		this.alice.send("PUT", "/buckets/b", "");
		this.alice.send("PUT", "/buckets/b/collections/c", "");
		this.alice.send("PUT", "/buckets/b/collections/c/records/r", "");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "GET | / | 0", "HEAD | / | 0", "GET | /nothing | 0", "PUT | /buckets/b | 0",
					"PUT | /buckets/wrong=id | 0", "POST | /buckets | 0", "DELETE | /buckets/b | 0",
					"GET | /buckets/b | 1", "HEAD | /buckets/b | 1", "GET | /buckets/b/collections/c/records/r | 1",
					"GET | /buckets/x | 1", "GET | /buckets | 2", "GET | /buckets/default/collections | 2",
					"GET | /buckets/b/history | 2", "HEAD | /buckets/b/history | 2", "GET | /permissions | 2",
					"HEAD | /buckets | 3", "HEAD | /permissions | 3" })
	void scriptsCanReadHeadersOfEndpoint(String method, String path, int kind) {
		HttpResponse<String> response = this.alice.send(method, path, "", "Origin", "http://app.example");
		assertThat(names(response, "Access-Control-Expose-Headers")).containsExactlyInAnyOrderElementsOf(
				List.of(COMMON, OBJECT, LIST, TOTAL).subList(0, kind + 1).stream().flatMap(List::stream).toList());
		assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
	}

	@Test
	void originIsRequiredForAllowedOriginOnly() {
		HttpResponse<String> response = this.alice.send("GET", "/", "");
		assertThat(names(response, "Access-Control-Expose-Headers")).hasSize(5);
		assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
	}

	@Test
	void scriptsCanReadNoHeaderIfMethodDoesNotExist() {
		HttpResponse<String> response = this.alice.send("PUT", "/", "", "Origin", "http://app.example");
		assertThat(response.statusCode()).isEqualTo(405);
		assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
		assertThat(response.headers().firstValue("Access-Control-Expose-Headers")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/buckets", "/v1", "/v1/buckets/", "/v2/" })
	void responsesOutsideApiHaveHeaders(String path, EmbeddedKintoServer server) {
		HttpResponse<String> response = this.alice.send("GET", "http://127.0.0.1:" + server.port() + path, "", "Origin",
				"http://app.example");
		assertThat(response.statusCode()).isIn(307, 404);
		assertThat(names(response, "Access-Control-Expose-Headers")).containsExactlyInAnyOrderElementsOf(COMMON);
		assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
	}

	@Test
	void faultsHaveHeaders(EmbeddedKintoServer server) {
		server.faults().fail(1, (requests) -> requests, 503);
		HttpResponse<String> response = this.alice.send("GET", "/buckets", "", "Origin", "http://app.example");
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "/ | GET HEAD OPTIONS | 0", "/batch | POST OPTIONS | 0",
					"/buckets | HEAD GET POST DELETE OPTIONS | 3", "/buckets/b | GET HEAD PUT PATCH DELETE OPTIONS | 1",
					"/buckets/default | GET HEAD PUT PATCH DELETE OPTIONS | 1",
					"/buckets/default/collections | HEAD GET POST DELETE OPTIONS | 3",
					"/buckets/b/history | GET HEAD DELETE OPTIONS | 2", "/permissions | HEAD GET OPTIONS | 3" })
	void preflightDescribesEndpoint(String path, String methods, int kind) {
		HttpResponse<String> response = preflight(this.alice, path, methods.split(" ")[0]);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(names(response, "Access-Control-Allow-Methods")).containsExactlyInAnyOrder(methods.split(" "));
		assertThat(names(response, "Access-Control-Allow-Headers")).contains("X-Own", "if-match")
			.hasSize(2 + List.of(COMMON, OBJECT, LIST, TOTAL).subList(0, kind + 1).stream().mapToInt(List::size).sum());
		assertThat(response.headers().firstValue("Access-Control-Max-Age")).hasValue("3600");
		assertThat(response.headers().firstValue("Access-Control-Expose-Headers")).isEmpty();
	}

	@Test
	void preflightDoesNotCreateDefaultBucket() {
		preflight(this.alice, "/buckets/default/collections/c/records", "GET");
		assertThat(this.alice.get("/buckets").path("data")).hasSize(1);
	}

	@Test
	void methodOfPreflightMustNotBeEmpty() {
		assertThat(TestClient.error(this.alice.send("OPTIONS", "/buckets", "", "Access-Control-Request-Method", "")))
			.isEqualTo("400 107 header:Access-Control-Request-Method header:Origin");
	}

	@Test
	void methodOfPreflightMustExist() {
		assertThat(TestClient.error(preflight(this.alice, "/batch", "GET")))
			.isEqualTo("400 107 header:Access-Control-Request-Method");
	}

	@Test
	void originsCanBeRestricted() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("cors_origins", "https://*.example.org http://app.example")
			.start()) {
			TestClient client = new TestClient(server, "alice");
			assertThat(client.send("GET", "/", "", "Origin", "https://a.example.org")
				.headers()
				.firstValue("Access-Control-Allow-Origin")).hasValue("https://a.example.org");
			HttpResponse<String> refused = client.send("GET", "/", "", "Origin", "https://example.org");
			assertThat(TestClient.error(refused)).isEqualTo("400 107 header:Origin");
			assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
			HttpResponse<String> missing = client.send("PUT", "/", "", "Origin", "https://example.org");
			assertThat(TestClient.error(missing)).isEqualTo("405 115");
			assertThat(preflight(client, "/buckets", "GET").headers().firstValue("Access-Control-Allow-Origin"))
				.hasValue("http://app.example");
			assertThat(client.send("GET", "/", "").statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@CsvSource({ "/buckets, https://a.example.org, true", "/nothing, https://a.example.org, false",
			"/buckets/default, https://a.example.org, true", "/buckets/default/nothing, https://a.example.org, false",
			"/nothing, http://app.example, true", "/buckets/default/nothing, http://app.example, true" })
	void wildcardsApplyToServicesOnly(String path, String origin, boolean allowed) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("cors_origins", "https://*.example.org http://app.example")
			.start()) {
			HttpResponse<String> response = new TestClient(server, "alice").send("GET", path, "", "Origin", origin);
			assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
				.isEqualTo(allowed ? Optional.of(origin) : Optional.empty());
			assertThat(response.headers().firstValue("Access-Control-Expose-Headers")).isPresent();
		}
	}

	@Test
	void originOfDefaultBucketIsCheckedByItsContent() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("cors_origins", "http://app.example")
			.start()) {
			TestClient client = new TestClient(server, "alice");
			HttpResponse<String> refused = client.send("GET", "/buckets/default", "", "Origin", "http://other.example");
			assertThat(TestClient.error(refused)).isEqualTo("400 107 header:Origin");
			assertThat(names(refused, "Access-Control-Expose-Headers")).contains("ETag");
			assertThat(
					client.send("GET", "/buckets/default/nothing", "", "Origin", "http://other.example").statusCode())
				.isEqualTo(404);
		}
	}

	@ParameterizedTest
	@CsvSource({ "/buckets, true", "/buckets/default, false" })
	void scriptsCanReadMissingCredentialsOutsideBatchAndDefaultBucket(String path, boolean allowed) {
		HttpResponse<String> response = this.alice.send("GET", path, "", "Origin", "http://app.example",
				"Authorization", "none");
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.headers().firstValue("Access-Control-Allow-Origin").isPresent()).isEqualTo(allowed);
		assertThat(response.headers().firstValue("Access-Control-Expose-Headers").isPresent()).isEqualTo(allowed);
		JsonNode inBatch = TestClient
			.json(this.alice.send("POST", "/batch", "{\"requests\":[{\"path\":\"" + path + "\"}]}", "Origin",
					"http://app.example", "Authorization", "none"))
			.path("responses")
			.path(0);
		assertThat(inBatch.path("status").asInt()).isEqualTo(401);
		assertThat(inBatch.path("headers").propertyNames()).contains("WWW-Authenticate")
			.doesNotContain("Access-Control-Allow-Origin", "Access-Control-Expose-Headers");
	}

	@Test
	void readonlyServerOffersNoMethodsThatWrite() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder().setting("readonly", "true").start()) {
			TestClient client = new TestClient(server, "alice");
			assertThat(names(preflight(client, "/buckets", "GET"), "Access-Control-Allow-Methods"))
				.containsExactlyInAnyOrder("GET", "HEAD", "OPTIONS");
			assertThat(TestClient.error(preflight(client, "/buckets/b", "PUT")))
				.isEqualTo("400 107 header:Access-Control-Request-Method");
			assertThat(names(preflight(client, "/batch", "POST"), "Access-Control-Allow-Methods"))
				.containsExactlyInAnyOrder("POST", "OPTIONS");
		}
	}

	@ParameterizedTest
	@CsvSource({ "42, 42", "'', ", "0, " })
	void lifetimeOfPreflightCanBeSet(String setting, String header) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("cors_max_age_seconds", setting)
			.start()) {
			HttpResponse<String> response = preflight(new TestClient(server, "alice"), "/", "GET");
			assertThat(response.headers().firstValue("Access-Control-Max-Age").orElse(null)).isEqualTo(header);
		}
	}

	private static HttpResponse<String> preflight(TestClient client, String path, String method) {
		return client.send("OPTIONS", path, "", "Origin", "http://app.example", "Access-Control-Request-Method", method,
				"Access-Control-Request-Headers", "X-Own, if-match");
	}

	private static Set<String> names(HttpResponse<String> response, String header) {
		return Set.of(response.headers().firstValue(header).orElseThrow().split(",\\s*"));
	}

}
