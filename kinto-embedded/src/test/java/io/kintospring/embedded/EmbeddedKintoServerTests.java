package io.kintospring.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kintospring.embedded.settings.KintoServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for behavior of {@link EmbeddedKintoServer} that the recorded scenarios do not
 * cover.
 */
class EmbeddedKintoServerTests {

	private static final String RECORDS = "/buckets/blog/collections/posts/records";

	private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@Test
	void urlUsesLoopbackInterfaceByDefault() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			assertThat(server.url()).isEqualTo("http://127.0.0.1:" + server.port() + "/v1");
			assertThat(get(server, "/").path("url").asString()).isEqualTo(server.url() + "/");
		}
	}

	@Test
	void textContainsUrl() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			assertThat(server).hasToString("Embedded Kinto server at " + server.url());
		}
	}

	@Test
	void timestampsIncreaseWhenClockStandsStill() {
		Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder().clock(clock).start()) {
			createCollection(server);
			List<Long> timestamps = IntStream.range(0, 20).mapToObj((i) -> createRecord(server)).toList();
			assertThat(timestamps).isSorted().doesNotHaveDuplicates();
			assertThat(timestamps.get(0)).isGreaterThanOrEqualTo(NOW.toEpochMilli());
		}
	}

	@Test
	void timestampsIncreaseWhenClockGoesBackwards() {
		AtomicReference<Instant> now = new AtomicReference<>(NOW);
		InstantSource source = now::get;
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.clock(source.withZone(ZoneOffset.UTC))
			.start()) {
			createCollection(server);
			long before = createRecord(server);
			now.set(NOW.minus(Duration.ofHours(1)));
			assertThat(createRecord(server)).isGreaterThan(before);
		}
	}

	@Test
	void concurrentCreatesHaveDistinctTimestamps() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			createCollection(server);
			List<CompletableFuture<HttpResponse<String>>> sent = Stream
				.generate(() -> this.client.sendAsync(request(server, "POST", RECORDS, "{}"), BodyHandlers.ofString()))
				.limit(200)
				.toList();
			List<String> etags = sent.stream()
				.map((response) -> response.join().headers().firstValue("ETag").orElseThrow())
				.toList();
			assertThat(etags).hasSize(200).doesNotHaveDuplicates();
			assertThat(get(server, RECORDS).path("data")).hasSize(200);
			assertThat(send(server, "HEAD", RECORDS, "").headers().firstValue("ETag")).hasValue(Collections.max(etags));
		}
	}

	@Test
	void flushRemovesEverything() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			createCollection(server);
			createRecord(server);
			server.flush();
			assertThat(get(server, "/buckets").path("data")).isEmpty();
			createCollection(server);
			assertThat(get(server, RECORDS + "?_since=0").path("data")).isEmpty();
		}
	}

	@Test
	void serversDoNotShareData() {
		try (EmbeddedKintoServer one = EmbeddedKintoServer.start();
				EmbeddedKintoServer two = EmbeddedKintoServer.start()) {
			createCollection(one);
			assertThat(get(one, "/buckets").path("data")).hasSize(1);
			assertThat(get(two, "/buckets").path("data")).isEmpty();
		}
	}

	@Test
	void portIsFreeWhenCloseReturns() throws IOException {
		EmbeddedKintoServer server = EmbeddedKintoServer.start();
		get(server, "/");
		server.close();
		try (ServerSocket socket = new ServerSocket(server.port(), 1, InetAddress.getLoopbackAddress())) {
			assertThat(socket.isBound()).isTrue();
		}
	}

	@Test
	void closeIsIdempotent() {
		EmbeddedKintoServer server = EmbeddedKintoServer.start();
		server.close();
		server.close();
	}

	@Test
	void startFailsWithAddressWhenPortIsInUse() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			assertThatIllegalStateException().isThrownBy(EmbeddedKintoServer.builder().port(server.port())::start)
				.withMessageContaining("127.0.0.1:" + server.port());
		}
	}

	@Test
	void unknownSettingIsRejected() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> KintoServerSettings.defaults().with("kinto.colour", "red"))
			.withMessageContaining("kinto.colour")
			.withMessageContaining("paginate_by");
	}

	@Test
	void invalidSettingValueIsRejected() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> KintoServerSettings.defaults().with("kinto.paginate_by", "many"))
			.withMessageContaining("kinto.paginate_by")
			.withMessageContaining("many");
	}

	@Test
	void tooLargeBodyIsRejected() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			createCollection(server);
			HttpResponse<String> response = send(server, "POST", RECORDS, "x".repeat(17 * 1024 * 1024));
			assertThat(response.statusCode()).isEqualTo(413);
			assertThat(response.body()).contains("\"errno\":113");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "[", "{\"data\":{\"a\":1e400}}", "{\"data\":{\"a\":NaN}}",
			"{\"data\":{\"a\":\"\\ud800\"}}", "{\"data\":{}} x" })
	void bodyThatIsNotJsonIsRejected(String body) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			createCollection(server);
			assertThat(send(server, "POST", RECORDS, body).statusCode()).isEqualTo(400);
			assertThat(send(server, "POST", RECORDS, "[".repeat(100_000)).statusCode()).isEqualTo(400);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "%2Fb", "a%00", "a;b=c", "%ff", "%C3%A9", "a%20b", "..", "%2e%2e" })
	void invalidIdIsRejected(String id) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			createCollection(server);
			assertThat(send(server, "PUT", RECORDS + "/" + id, "{}").statusCode()).isBetween(400, 499);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "a=%ff", "_token=%7Bbad", "_token=e30", "_limit=1e99999", "_since=%22", "_sort=%00",
			"like_id=%5B", "in_id=1", "_limit=99999999999999999999" })
	void invalidQueryDoesNotCauseServerError(String query) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			createCollection(server);
			createRecord(server);
			assertThat(send(server, "GET", RECORDS + "?" + query, "").statusCode()).isLessThan(500);
		}
	}

	@Test
	void defaultBucketAndItsCollectionsAreCreatedOnFirstUse() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			String id = get(server, "/").path("user").path("bucket").asString();
			assertThat(send(server, "POST", "/buckets/default/collections/tasks/records", "{}").statusCode())
				.isEqualTo(201);
			assertThat(get(server, "/buckets/default/collections").path("data")).hasSize(1);
			assertThat(get(server, "/buckets/" + id + "/collections/tasks/records").path("data")).hasSize(1);
		}
	}

	@Test
	void defaultBucketRejectsInvalidCollectionId() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			assertThat(send(server, "GET", "/buckets/default/collections/-/records", "").statusCode()).isEqualTo(400);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "_since=x", "_token=x", "id=1", "_limit=-1" })
	void headHasSameStatusAsGet(String query) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			createCollection(server);
			HttpResponse<String> response = send(server, "HEAD", RECORDS + "?" + query, "");
			assertThat(response.statusCode()).isEqualTo(400);
			assertThat(response.body()).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource({ "has_a=null, 0", "has_a=0, 0", "has_a=x, 1", "has_a=[], 0", "=5, 0" })
	void unusualFiltersSelectSameRecordsAsKinto(String query, int count) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			createCollection(server);
			send(server, "POST", RECORDS, "{\"data\":{\"a\":null}}");
			String encoded = query.replace("[", "%5B").replace("]", "%5D");
			assertThat(get(server, RECORDS + "?" + encoded).path("data")).hasSize(count);
		}
	}

	@Test
	void batchExecutesOtherRequestsWhenPathCannotBeDecoded() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			HttpResponse<String> response = send(server, "POST", "/batch",
					"{\"requests\":[{\"path\":\"/buckets?a=%ff\"},{\"path\":\"/buckets/%zz\"},{\"path\":\"/\"}]}");
			assertThat(json(response).path("responses").valueStream().map((member) -> member.path("status").asInt()))
				.containsExactly(400, 403, 200);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "'' | 406", "application/json;q=0 | 406",
			"application/json;charset=utf-8 | 406", "application/* | 200", "text/html, application/json;q=0.1 | 200" })
	void acceptHeaderIsHandledAsInKinto(String accept, int status) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/buckets"))
				.header("Authorization", "Basic YWxpY2U6c2VjcmV0")
				.header("Accept", accept)
				.build();
			HttpResponse<String> response = this.client.sendAsync(request, BodyHandlers.ofString()).join();
			assertThat(response.statusCode()).isEqualTo(status);
		}
	}

	@Test
	void largeIntegersArePreserved() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			createCollection(server);
			send(server, "PUT", RECORDS + "/a", "{\"data\":{\"n\":12345678901234567890}}");
			assertThat(get(server, RECORDS + "/a").path("data").path("n")).hasToString("12345678901234567890");
		}
	}

	private void createCollection(EmbeddedKintoServer server) {
		assertThat(send(server, "PUT", "/buckets/blog", "").statusCode()).isEqualTo(201);
		assertThat(send(server, "PUT", "/buckets/blog/collections/posts", "").statusCode()).isEqualTo(201);
	}

	private long createRecord(EmbeddedKintoServer server) {
		HttpResponse<String> response = send(server, "POST", RECORDS, "{}");
		assertThat(response.statusCode()).isEqualTo(201);
		return json(response).path("data").path("last_modified").asLong();
	}

	private JsonNode get(EmbeddedKintoServer server, String path) {
		HttpResponse<String> response = send(server, "GET", path, "");
		assertThat(response.statusCode()).isEqualTo(200);
		return json(response);
	}

	private HttpResponse<String> send(EmbeddedKintoServer server, String method, String path, String body) {
		return this.client.sendAsync(request(server, method, path, body), BodyHandlers.ofString()).join();
	}

	private static HttpRequest request(EmbeddedKintoServer server, String method, String path, String body) {
		return HttpRequest.newBuilder(URI.create(server.url() + path))
			.header("Authorization", "Basic YWxpY2U6c2VjcmV0")
			.header("Content-Type", "application/json")
			.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
			.build();
	}

	private static JsonNode json(HttpResponse<String> response) {
		return JsonMapper.shared().readTree(response.body());
	}

}
