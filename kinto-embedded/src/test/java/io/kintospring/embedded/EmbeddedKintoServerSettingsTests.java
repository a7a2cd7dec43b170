package io.kintospring.embedded;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the settings and the initial data of {@link EmbeddedKintoServer}.
 */
class EmbeddedKintoServerSettingsTests {

	private static final String TREE = """
			{"buckets": {"blog": {
			    "permissions": {"read": ["system.Everyone"]},
			    "groups": {"authors": {"data": {"members": ["account:ann"]}}},
			    "collections": {"posts": {
			        "permissions": {"record:create": ["/buckets/blog/groups/authors"]},
			        "records": {"first": {"data": {"title": "Hello"}}}}}}},
			 "accounts": {"ann": {"data": {"password": "secret"}}}}
			""";

	@Test
	void initialDataIsAvailableAlsoAfterFlush() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder().initialData(json(TREE)).start()) {
			TestClient ann = new TestClient(server, "ann");
			String records = "/buckets/blog/collections/posts/records";
			assertThat(ann.get(records + "/first").path("data").path("title").asString()).isEqualTo("Hello");
			assertThat(ann.send("POST", records, "").statusCode()).isEqualTo(201);
			assertThat(new TestClient(server, "bob").send("POST", records, "").statusCode()).isEqualTo(403);
			server.flush();
			assertThat(ann.get(records).path("data")).hasSize(1);
		}
	}

	@Test
	void initialDataIsReadFromFile(@TempDir Path directory) throws Exception {
		Path file = Files.writeString(directory.resolve("data.json"), TREE);
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder().initialData(file).start()) {
			assertThat(new TestClient(server, "bob").get("/buckets/blog/collections").path("data")).hasSize(1);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "[] | object", "{ | JSON", "{\"shelves\": {}} | shelves",
			"{\"buckets\": {\"a b\": {}}} | /buckets/a b", "{\"buckets\": {\"b\": {\"records\": {}}}} | records",
			"{\"buckets\": {\"b\": {\"permissions\": {\"fly\": []}}}} | /buckets/b",
			"{\"accounts\": {\"ann\": {}}} | /accounts/ann" })
	void invalidInitialDataIsRejected(String data, String message) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EmbeddedKintoServer.builder().initialData(json(data)).start().close())
			.withMessageContaining(message);
	}

	@Test
	void initialAccountsExist() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder().account("ann", "secret").start()) {
			assertThat(userId(server, "ann")).isEqualTo("account:ann");
			assertThat(userId(server, "bob")).startsWith("basicauth:");
		}
	}

	@Test
	void onlyAccountsAreAuthenticatedWithoutBasicAuthentication() {
		try (EmbeddedKintoServer server = start("multiauth.policies", "account")) {
			JsonNode hello = new TestClient(server, "bob").get("/");
			assertThat(hello.has("user")).isFalse();
			assertThat(hello.path("capabilities").has("basicauth")).isFalse();
		}
	}

	@ParameterizedTest
	@CsvSource({ "default_bucket, /buckets/default", "history, /buckets/blog/history", "accounts, /accounts" })
	void pluginThatIsNotIncludedIsUnavailable(String plugin, String path) {
		try (EmbeddedKintoServer with = start("includes", "kinto.plugins." + plugin);
				EmbeddedKintoServer without = start("includes", "")) {
			assertThat(statusAfterCreatingBlog(with, path)).isEqualTo(200);
			assertThat(statusAfterCreatingBlog(without, path)).isBetween(403, 404);
			assertThat(new TestClient(with, "alice").get("/").path("capabilities").has(plugin)).isTrue();
			assertThat(new TestClient(without, "alice").get("/").path("capabilities").has(plugin)).isFalse();
		}
	}

	@Test
	void patchReturnsChangedFieldsWithoutHistory() {
		try (EmbeddedKintoServer server = start("includes", "")) {
			TestClient client = new TestClient(server, "alice");
			client.send("PUT", "/buckets/blog", "{\"data\":{\"a\":1,\"b\":2}}");
			String batch = """
					{"requests": [{"method": "PATCH", "path": "/buckets/blog", "body": {"data": {"a": 1, "b": 3}},
					  "headers": {"Response-Behavior": "light"}}]}""";
			JsonNode response = TestClient.json(client.send("POST", "/batch", batch)).path("responses").get(0);
			assertThat(response.path("body")).hasToString("{\"data\":{\"b\":3}}");
		}
	}

	@Test
	void permissionsCanBeConfigured() {
		try (EmbeddedKintoServer server = start("collection_create_principals", "system.Authenticated")) {
			new TestClient(server, "alice").send("PUT", "/buckets/blog", "");
			assertThat(new TestClient(server, "bob").send("PUT", "/buckets/blog/collections/posts", "").statusCode())
				.isEqualTo(201);
		}
	}

	@ParameterizedTest
	@CsvSource({ "bucket_write_principals, /buckets/missing, 404 110",
			"bucket_read_principals, /buckets/missing, 403 121", "account_write_principals, /accounts/missing, 404 110",
			"account_read_principals, /accounts/missing, 403 121" })
	void onlyConfiguredWriterOfRootListLearnsThatObjectIsMissing(String setting, String path, String error) {
		try (EmbeddedKintoServer server = start(setting, "system.Authenticated")) {
			TestClient client = new TestClient(server, "alice");
			assertThat(TestClient.error(client.send("DELETE", path, ""))).isEqualTo(error);
			assertThat(TestClient.error(client.send("PATCH", path, "{\"data\":{}}"))).isEqualTo(error);
		}
	}

	@Test
	void schemasAreIgnoredWhenValidationIsDisabled() {
		try (EmbeddedKintoServer server = start("experimental_collection_schema_validation", "false")) {
			TestClient client = new TestClient(server, "alice");
			client.send("PUT", "/buckets/blog", "");
			client.send("PUT", "/buckets/blog/collections/posts", "{\"data\":{\"schema\":{\"required\":[\"title\"]}}}");
			assertThat(client.send("POST", "/buckets/blog/collections/posts/records", "").statusCode()).isEqualTo(201);
		}
	}

	@Test
	void basePathCanBeConfigured() {
		try (EmbeddedKintoServer server = start("embedded.base_path", "/storage/")) {
			assertThat(server.url()).endsWith("/storage/v1");
			TestClient client = new TestClient(server, "alice");
			assertThat(client.get("/").path("url").asString()).isEqualTo(server.url() + "/");
			assertThat(client.send("GET", server.url().replace("/storage", ""), "").statusCode()).isEqualTo(404);
			HttpResponse<String> redirect = client.send("GET", server.url().replace("/v1", "/buckets"), "");
			assertThat(redirect.headers().firstValue("Location")).hasValue(server.url() + "/buckets");
		}
	}

	@Test
	void hostAndSchemeOfUrlsCanBeConfigured() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("http_host", "kinto.example")
			.setting("http_scheme", "https")
			.start()) {
			assertThat(new TestClient(server, "alice").get("/").path("url").asString())
				.isEqualTo("https://kinto.example/v1/");
		}
	}

	@Test
	void secretOfUserIdsCanBeEmpty() {
		try (EmbeddedKintoServer server = start("userid_hmac_secret", "")) {
			assertThat(userId(server, "mat"))
				.isEqualTo("basicauth:8a931a10fc88ab2f6d1cc02a07d3a81b5d4768f6f13e85c5d8d4180419acb1b4");
		}
	}

	@Test
	void latencyDelaysEveryResponse() {
		try (EmbeddedKintoServer server = start("embedded.latency_milliseconds", "150")) {
			long start = System.nanoTime();
			assertThat(userId(server, "bob")).isNotEmpty();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
		}
	}

	@Test
	void bodyLargerThanConfiguredIsRejected() {
		try (EmbeddedKintoServer server = start("embedded.max_body_bytes", "100")) {
			HttpResponse<String> response = new TestClient(server, "alice").send("PUT", "/buckets/blog",
					"{\"data\":{\"a\":\"%s\"}}".formatted("x".repeat(100)));
			assertThat(response.statusCode()).isEqualTo(413);
		}
	}

	@Test
	void initialDataThatPostgresqlRejectsIsReported() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EmbeddedKintoServer.builder()
				.initialData(json("{\"buckets\": {\"blog\": {\"data\": {\"title\": \"\\u0000\"}}}}"))
				.start())
			.withMessage("Invalid object /buckets/blog in the initial data: The character U+0000 is not supported");
	}

	@ParameterizedTest
	@ValueSource(strings = { "paginate_by=-1", "readonly=perhaps", "eos=soon", "includes=kinto.plugins.quotas",
			"multiauth.policies=ldap", "embedded.base_path=a b", "backoff=", "storage_backend=memory",
			"embedded.concurrency=parallel", "embedded.concurrency_percentage=101", "embedded.concurrency_seed=-1",
			"attachment.base_path=/tmp", "attachment.folder=../{bucket_id}", "attachment.folder={bucket}",
			"attachment.filename_pattern={uuid}", "attachment.mimetypes=.ftl", "attachment.base_url=mailto:me",
			"attachment.base_url=a b", "attachment.resources.blog.folder=a",
			"attachment.resources.a.b.c.randomize=true", "attachment.resources.blog.randomize=perhaps" })
	void invalidSettingIsRejected(String setting) {
		String[] parts = setting.split("=", 2);
		assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedKintoServer.builder().setting(parts[0], parts[1]))
			.withMessageContaining(parts[0]);
	}

	@Test
	void unsupportedPluginIsReportedWithSupportedOnes() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EmbeddedKintoServer.builder().setting("includes", "kinto.plugins.flush quotas"))
			.withMessage(
					"Invalid value 'kinto.plugins.flush quotas' of kinto.includes: unsupported plugin 'quotas', supported"
							+ " plugins are kinto.plugins.default_bucket, kinto.plugins.flush, kinto.plugins.history,"
							+ " kinto.plugins.accounts, kinto.plugins.counters, kinto_attachment");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "eos | soon | must be a date such as 2030-01-01",
			"paginate_by | many | must be a whole number between 0 and 999999999",
			"paginate_by | -1 | must be a whole number between 0 and 999999999",
			"paginate_by | 1000000000 | must be a whole number between 0 and 999999999",
			"multiauth.policies | ldap | must be a list of account, basicauth and openid",
			"multiauth.policies | basicauth account | must name account before basicauth",
			"readonly | perhaps | must be true or false",
			"storage_backend | kinto.core.storage.redis | must be one of kinto.core.storage.postgresql, kinto.core.storage.memory",
			"embedded.collation | xx_YY | must be C.UTF-8, or a locale with a collation, such as de_DE" })
	void invalidSettingIsReportedWithReason(String name, String value, String reason) {
		assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedKintoServer.builder().setting(name, value))
			.withMessage("Invalid value '%s' of kinto.%s: %s", value, name, reason);
	}

	@Test
	void creatorsOfAccountsMustBeAdministrators() {
		EmbeddedKintoServer.Builder builder = EmbeddedKintoServer.builder()
			.setting("account_create_principals", "system.Everyone account:admin account:hr")
			.setting("account_write_principals", "account:admin");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.start().close())
			.withMessage(
					"kinto.account_create_principals contains account:hr, but kinto.account_write_principals does not");
		builder.setting("includes", "").start().close();
	}

	@ParameterizedTest
	@CsvSource({ "100, true", "0, false" })
	void percentageOfResponsesHasBackoffHeader(String percentage, boolean present) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("backoff", "7")
			.setting("backoff_percentage", percentage)
			.start()) {
			TestClient client = new TestClient(server, "alice");
			for (int i = 0; i < 50; i++) {
				assertThat(client.send("GET", "/__lbheartbeat__", "").headers().firstValue("Backoff"))
					.isEqualTo(present ? Optional.of("7") : Optional.empty());
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "2026-11-25, 200", "2026-11-23T12:00:01Z, 200", "2026-11-23 12:00:01+00:00, 200",
			"2026-11-23T13:00:01+01:00, 200", "2026-11-23T12:00:00Z, 410", "2026-11-23T13:00:00+01:00, 410",
			"2026-11-22, 410" })
	void serviceEndsAtConfiguredTime(String eos, int status) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("eos", eos)
			.clock(Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC))
			.start()) {
			HttpResponse<String> response = new TestClient(server, "alice").send("GET", "/buckets", "");
			assertThat(response.statusCode()).isEqualTo(status);
			String code = (status == 410) ? "hard-eol" : "soft-eol";
			assertThat(response.headers().firstValue("Alert")).hasValue(
					"{\"code\":\"%s\",\"message\":null,\"url\":\"https://kinto.readthedocs.io/\"}".formatted(code));
			if (status == 410) {
				assertThat(TestClient.error(response)).isEqualTo("410 202");
			}
		}
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', delimiter = '|', value = { "\"Client is too old\" | Client is too old",
			"\"\\u0041 \\\"b\\\"\" | A \"b\"", "\"A\" and \"B\" | \"A\" and \"B\"", "A \"B\" | A \"B\"" })
	void quotesAroundValueAreNotPartOfIt(String value, String message) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("eos", "\"2999-01-01\"")
			.setting("eos_message", value)
			.start()) {
			HttpResponse<String> response = new TestClient(server, "alice").send("GET", "/", "");
			assertThat(TestClient.json(response).path("eos").asString()).isEqualTo("2999-01-01");
			JsonNode alert = JsonMapper.shared().readTree(response.headers().firstValue("Alert").orElseThrow());
			assertThat(alert.path("message").asString()).isEqualTo(message);
		}
	}

	@ParameterizedTest
	@CsvSource({ "/buckets/blog/collections/posts/records, max-age=60",
			"/buckets/blog/collections/drafts/records, max-age=30",
			"/buckets/shop/collections/posts/records, max-age=90", "/buckets/blog/collections, 'no-cache, no-store'" })
	void cacheLifetimeIsThatOfNearestPlace(String list, String cacheControl) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("record_cache_expires_seconds", "90")
			.setting("kinto.blog.record_cache_expires_seconds", "30")
			.setting("blog.posts.record_cache_expires_seconds", "60")
			.start()) {
			TestClient alice = new TestClient(server, "alice");
			for (String bucket : List.of("/buckets/blog", "/buckets/shop")) {
				alice.send("PUT", bucket, "{\"permissions\": {\"read\": [\"system.Everyone\"]}}");
				alice.send("PUT", bucket + "/collections/posts", "");
				alice.send("PUT", bucket + "/collections/drafts", "");
			}
			assertThat(new TestClient(server, "").send("GET", list, "").headers().firstValue("Cache-Control"))
				.hasValue(cacheControl);
		}
	}

	@ParameterizedTest
	@CsvSource({ "/, 307", "/buckets, 307", "/v1/buckets/, 307", "/v2/, 404", "/v1/nothing, 404" })
	void serviceEndsForPathsWithoutEndpoint(String path, int before) {
		try (EmbeddedKintoServer ending = start("eos", "2999-01-01");
				EmbeddedKintoServer ended = start("eos", "2001-01-01")) {
			HttpResponse<String> response = sendToPath(ending, "GET", path);
			assertThat(response.statusCode()).isEqualTo(before);
			assertThat(response.headers().firstValue("Alert")).get().asString().contains("soft-eol");
			response = sendToPath(ended, "GET", path);
			assertThat(TestClient.error(response)).isEqualTo("410 202");
			assertThat(response.headers().firstValue("Alert")).get().asString().contains("hard-eol");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/buckets/blog", "/v1/buckets/blog", "/v1/buckets/", "/v2/", "/v1/nothing" })
	void readonlyServerRejectsWritesToAnyPath(String path) {
		try (EmbeddedKintoServer server = start("readonly", "true")) {
			assertThat(TestClient.error(sendToPath(server, "PUT", path))).isEqualTo("405 115");
		}
	}

	@ParameterizedTest
	@CsvSource({ "PUT, /buckets/default", "GET, /buckets/default", "GET, /buckets/default/collections/a/records" })
	void readonlyServerDoesNotCreateDefaultBucket(String method, String path) {
		try (EmbeddedKintoServer server = start("readonly", "true")) {
			TestClient client = new TestClient(server, "alice");
			assertThat(TestClient.error(client.send(method, path, ""))).isEqualTo("405 115");
			assertThat(client.get("/buckets").path("data")).isEmpty();
		}
	}

	@Test
	void bucketNamedLikeThePluginDoesNotEnableIt() {
		try (EmbeddedKintoServer server = start("attachment.record_cache_expires_seconds", "30")) {
			assertThat(new TestClient(server, "alice").get("/").path("capabilities").has("attachments")).isFalse();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "experimental_permissions_endpoint", "experimental_collection_schema_validation" })
	void experimentalFeatureCanBeDisabled(String setting) {
		String capability = setting.contains("schema") ? "schema" : "permissions_endpoint";
		try (EmbeddedKintoServer with = EmbeddedKintoServer.start();
				EmbeddedKintoServer without = start(setting, "false")) {
			assertThat(new TestClient(with, "alice").get("/").path("capabilities").has(capability)).isTrue();
			assertThat(new TestClient(without, "alice").get("/").path("capabilities").has(capability)).isFalse();
			int status = new TestClient(without, "alice").send("GET", "/permissions", "").statusCode();
			assertThat(status).isEqualTo(capability.equals("schema") ? 200 : 404);
		}
	}

	private static HttpResponse<String> sendToPath(EmbeddedKintoServer server, String method, String path) {
		return new TestClient(server, "alice").send(method, server.url().replace("/v1", path), "");
	}

	private static int statusAfterCreatingBlog(EmbeddedKintoServer server, String path) {
		TestClient client = new TestClient(server, "alice");
		client.send("PUT", "/buckets/blog", "");
		return client.send("GET", path, "").statusCode();
	}

	private static String userId(EmbeddedKintoServer server, String user) {
		return new TestClient(server, user).get("/").path("user").path("id").asString();
	}

	private static EmbeddedKintoServer start(String setting, String value) {
		return EmbeddedKintoServer.builder().setting(setting, value).start();
	}

	private static InputStream json(String text) {
		return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
	}

}
