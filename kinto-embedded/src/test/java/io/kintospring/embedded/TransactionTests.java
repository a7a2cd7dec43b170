package io.kintospring.embedded;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.kintospring.embedded.junit.EmbeddedKinto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for changes that a transaction of PostgreSQL undoes, and for the same changes in
 * Kinto's memory backend.
 */
@EmbeddedKinto
class TransactionTests {

	private static final String BUCKET = "/buckets/blog";

	private static final String COLLECTION = BUCKET + "/collections/posts";

	private static final String RECORDS = COLLECTION + "/records";

	private static final String GROUP = BUCKET + "/groups/readers";

	private static final long VERSION = 1_500_000_000_000L;

	private TestClient client;

	@BeforeEach
	void createRecord(EmbeddedKintoServer server) {
		this.client = new TestClient(server, "alice");
		create(this.client);
	}

	@Test
	void versionOfOtherRecordIsRejectedUntilItIsFree() {
		for (int i = 0; i < 2; i++) {
			HttpResponse<String> response = putVersion("b", VERSION);
			assertThat(TestClient.error(response)).isEqualTo("409 122");
			assertThat(response.headers().firstValue("Retry-After")).hasValue("3");
		}
		assertThat(this.client.send("PUT", RECORDS + "/a", "").statusCode()).isEqualTo(200);
		assertThat(putVersion("b", VERSION).statusCode()).isEqualTo(201);
	}

	@Test
	void versionOfTombstoneIsRejectedForOtherRecords() {
		this.client.send("DELETE", RECORDS + "/a?last_modified=" + (VERSION + 5), "");
		assertThat(putVersion("b", VERSION).statusCode()).isEqualTo(201);
		assertThat(putVersion("c", VERSION + 5).statusCode()).isEqualTo(409);
		assertThat(putVersion("a", VERSION + 5).statusCode()).isEqualTo(201);
		assertThat(putVersion("c", VERSION + 5).statusCode()).isEqualTo(409);
	}

	@Test
	void deletionWithVersionOfOtherRecordIsRejected() {
		putVersion("b", VERSION + 5);
		HttpResponse<String> response = this.client.send("DELETE", RECORDS + "/a?last_modified=" + (VERSION + 5), "");
		assertThat(response.statusCode()).isEqualTo(409);
		assertThat(ids()).containsExactly("b", "a");
	}

	@Test
	void otherCollectionCanHaveSameVersion() {
		this.client.send("PUT", BUCKET + "/collections/other", "");
		assertThat(this.client.send("PUT", BUCKET + "/collections/other/records/a", version(VERSION)).statusCode())
			.isEqualTo(201);
	}

	@Test
	void conflictInBatchUndoesEarlierRequests() {
		this.client.send("PUT", GROUP, "");
		JsonNode responses = batch(put(GROUP, "{\"data\":{\"members\":[\"account:bob\"]}}"),
				put(BUCKET, "{\"permissions\":{\"read\":[\"account:bob\"]}}"), put(RECORDS + "/b", "{\"data\":{}}"),
				put(RECORDS + "/c", version(VERSION)), put(RECORDS + "/d", "{\"data\":{}}"));
		assertThat(statuses(responses)).containsExactly(200, 200, 201, 409, 201);
		assertThat(ids()).containsExactly("d", "a");
		assertThat(this.client.get(GROUP).path("data").path("members")).isEmpty();
		assertThat(this.client.get(BUCKET).path("permissions").has("read")).isFalse();
	}

	@Test
	void historyAndMembershipsOfUndoneRequestsRemainAsInKinto(EmbeddedKintoServer server) {
		TestClient bob = new TestClient(server, "bob");
		String bobId = bob.get("/").path("user").path("id").asString();
		this.client.send("PUT", GROUP, "");
		this.client.send("PATCH", BUCKET, "{\"permissions\":{\"read\":[\"%s\"]}}".formatted(GROUP));
		batch(put(GROUP, "{\"data\":{\"members\":[\"%s\"]}}".formatted(bobId)), put(RECORDS + "/b", "{\"data\":{}}"),
				put(RECORDS + "/c", version(VERSION)));
		assertThat(bob.send("GET", BUCKET, "").statusCode()).isEqualTo(200);
		List<String> history = this.client.get(BUCKET + "/history")
			.path("data")
			.valueStream()
			.map((entry) -> entry.path("action").asString() + " " + entry.path("uri").asString())
			.toList();
		assertThat(history).startsWith("create " + RECORDS + "/b", "update " + GROUP)
			.doesNotContain("create " + RECORDS + "/c");
	}

	@Test
	void undoneDeletionOfCollectionRemovesItsRecordsAsInKinto() {
		JsonNode responses = batch("{\"method\":\"DELETE\",\"path\":\"%s\"}".formatted(COLLECTION),
				put(BUCKET + "/collections/other", version(VERSION)),
				put(BUCKET + "/collections/new", version(VERSION)));
		assertThat(statuses(responses)).containsExactly(200, 201, 409);
		assertThat(this.client.send("GET", COLLECTION, "").statusCode()).isEqualTo(200);
		assertThat(this.client.send("GET", BUCKET + "/collections/other", "").statusCode()).isEqualTo(404);
		assertThat(ids()).isEmpty();
	}

	@Test
	void failureInBatchStoresNothing() {
		assertThat(failingBatch(this.client).statusCode()).isEqualTo(500);
		assertThat(ids()).containsExactly("a");
		assertThat(this.client.get(RECORDS + "/a").path("data").has("n")).isFalse();
		assertThat(this.client.get(BUCKET + "/history").path("data")).hasSize(3);
	}

	@Test
	void failedRequestStoresNothing() {
		HttpResponse<String> response = this.client.send("PATCH", RECORDS + "/a", "{\"data\":{\"n\":1}}",
				"Response-Behavior", "light");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(this.client.get(RECORDS + "/a").path("data").has("n")).isFalse();
	}

	@Test
	void requestThatFailsAnywhereStoresNothing() {
		storesNothingAfter(() -> {
			throw new IllegalStateException();
		}, "500 999");
	}

	@Test
	void requestWithoutEnoughMemoryStoresNothing() {
		storesNothingAfter(() -> {
			throw new OutOfMemoryError();
		}, "507 999");
	}

	@Test
	void requestWithoutEnoughStackStoresNothing() {
		storesNothingAfter(() -> {
			throw new StackOverflowError();
		}, "500 999");
	}

	/**
	 * Let a batch fail whenever it reads the clock, each time at a later point.
	 */
	private void storesNothingAfter(Runnable failure, String answer) {
		FailingClock clock = new FailingClock(failure);
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder().clock(clock).start()) {
			this.client = new TestClient(server, "alice");
			create(this.client);
			int failures = 0;
			while (failsAfter(clock, failures, answer)) {
				failures++;
			}
			// the versions of two records and of two entries of the history
			assertThat(failures).isGreaterThanOrEqualTo(4);
			assertThat(ids()).containsExactly("c", "b", "a");
		}
	}

	private boolean failsAfter(FailingClock clock, int readings, String answer) {
		clock.failAfter(readings);
		HttpResponse<String> response = this.client.send("POST", "/batch", "{\"requests\":[%s,%s]}"
			.formatted(put(RECORDS + "/b", "{\"data\":{}}"), put(RECORDS + "/c", "{\"data\":{}}")));
		clock.failAfter(Integer.MAX_VALUE);
		if (response.statusCode() == 200) {
			return false;
		}
		assertThat(TestClient.error(response)).isEqualTo(answer);
		// would keep changes that the failed request has not undone
		this.client.send("PUT", BUCKET + "/groups/other", "");
		assertThat(ids()).containsExactly("a");
		return true;
	}

	@Test
	void versionOfEmptyListIsKeptBySuccessfulRequestOnly() {
		this.client.send("PUT", BUCKET + "/collections/empty", "");
		String list = BUCKET + "/collections/empty/records";
		String first = etag(this.client.send("GET", list, "", "If-None-Match", "*"));
		String second = etag(this.client.send("GET", list, "", "If-None-Match", "*"));
		assertThat(second).isGreaterThan(first);
		String third = etag(this.client.send("GET", list, ""));
		assertThat(etag(this.client.send("GET", list, "", "If-None-Match", "*"))).isEqualTo(third)
			.isGreaterThan(second);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "PATCH", "DELETE" })
	void failedRequestOfBatchDefinesVersionOfEmptyList(String method, EmbeddedKintoServer server) {
		this.client.send("PUT", BUCKET + "/collections/empty", "");
		String list = BUCKET + "/collections/empty/records";
		new TestClient(server, "stranger").send("POST", "/batch",
				"{\"requests\":[{\"method\":\"%s\",\"path\":\"%s/a\"}]}".formatted(method, list));
		String first = etag(this.client.send("GET", list, "", "If-None-Match", "*"));
		assertThat(etag(this.client.send("GET", list, "", "If-None-Match", "*"))).isEqualTo(first);
	}

	@Test
	void failedRequestCreatesDefaultBucketUnlessItIsInConflict() {
		String records = "/buckets/default/collections/new/records";
		assertThat(this.client.send("GET", records + "/a", "").statusCode()).isEqualTo(404);
		String bucket = "/buckets/" + this.client.get("/").path("user").path("bucket").asString();
		assertThat(this.client.send("GET", bucket + "/collections/new", "").statusCode()).isEqualTo(200);
		assertThat(this.client.send("PUT", records + "/a", version(VERSION)).statusCode()).isEqualTo(201);
		assertThat(this.client.send("PUT", records + "/b", version(VERSION)).statusCode()).isEqualTo(409);
		JsonNode responses = batch(put(records + "/c", "{\"data\":{}}"), put(records + "/b", version(VERSION)));
		assertThat(statuses(responses)).containsExactly(201, 409);
		assertThat(this.client.send("GET", records + "/c", "").statusCode()).isEqualTo(404);
	}

	@Test
	void accountOfUndoneRequestDoesNotExist() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("account_write_principals", "system.Authenticated")
			.start()) {
			this.client = new TestClient(server, "admin");
			String account = "{\"data\":{\"password\":\"secret\",\"last_modified\":%d}}".formatted(VERSION);
			JsonNode responses = batch(put("/accounts/bob", account), put("/accounts/carl", account),
					put("/accounts/dan", "{\"data\":{\"password\":\"secret\"}}"));
			assertThat(statuses(responses)).containsExactly(201, 409, 201);
			assertThat(userId(server, "bob")).startsWith("basicauth:");
			assertThat(userId(server, "dan")).isEqualTo("account:dan");
		}
	}

	@Test
	void initialDataWithSameVersionIsRejected() {
		String records = """
				{"buckets": {"b": {"collections": {"c": {"records": {
				"r1": {"data": {"last_modified": 5}}, "r2": {"data": {"last_modified": 5}}}}}}}}""";
		EmbeddedKintoServer.Builder builder = EmbeddedKintoServer.builder()
			.initialData(new ByteArrayInputStream(records.getBytes(StandardCharsets.UTF_8)));
		assertThatIllegalArgumentException().isThrownBy(builder::start)
			.withMessageContaining("/buckets/b/collections/c/records/r2");
	}

	@Test
	void collectionThatWasReadIsRememberedInBatch() {
		JsonNode responses = batch("{\"method\":\"GET\",\"path\":\"%s/a\"}".formatted(RECORDS),
				"{\"method\":\"DELETE\",\"path\":\"%s\"}".formatted(COLLECTION), put(RECORDS + "/b", "{\"data\":{}}"));
		assertThat(statuses(responses)).containsExactly(200, 200, 201);
		this.client.send("PUT", COLLECTION, "");
		assertThat(ids()).isEmpty();
	}

	@Test
	void schemaOfCollectionThatWasReadIsRememberedInBatch() {
		String schema = "{\"data\":{\"schema\":{\"type\":\"object\",\"required\":[\"title\"]}}}";
		JsonNode responses = batch(put(RECORDS + "/b", "{\"data\":{}}"), put(COLLECTION, schema),
				put(RECORDS + "/c", "{\"data\":{}}"));
		assertThat(statuses(responses)).containsExactly(201, 200, 201);
		assertThat(this.client.send("PUT", RECORDS + "/d", "").statusCode()).isEqualTo(400);
	}

	@Test
	void memoryBackendUndoesNothing() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("kinto.storage_backend", "kinto.core.storage.memory")
			.start()) {
			this.client = new TestClient(server, "alice");
			create(this.client);
			assertThat(putVersion("b", VERSION).statusCode()).isEqualTo(201);
			assertThat(failingBatch(this.client).statusCode()).isEqualTo(500);
			assertThat(ids()).contains("new");
			assertThat(this.client.get(RECORDS + "/a").path("data").path("n").asInt()).isEqualTo(1);
		}
	}

	private static String userId(EmbeddedKintoServer server, String name) {
		return new TestClient(server, name).get("/").path("user").path("id").asString();
	}

	private static void create(TestClient client) {
		client.send("PUT", BUCKET, "");
		client.send("PUT", COLLECTION, "");
		client.send("PUT", RECORDS + "/a", version(VERSION));
	}

	private static HttpResponse<String> failingBatch(TestClient client) {
		return client.send("POST", "/batch", """
				{"requests":[
				{"method":"PUT","path":"%1$s/new","body":{"data":{}}},
				{"method":"PATCH","path":"%1$s/a","body":{"data":{"n":1}},"headers":{"Response-Behavior":"light"}}]}
				""".formatted(RECORDS));
	}

	private HttpResponse<String> putVersion(String id, long version) {
		return this.client.send("PUT", RECORDS + "/" + id, version(version));
	}

	private JsonNode batch(String... requests) {
		String body = "{\"requests\":[%s]}".formatted(String.join(",", requests));
		return TestClient.json(this.client.send("POST", "/batch", body)).path("responses");
	}

	private List<String> ids() {
		JsonNode data = this.client.get(RECORDS).path("data");
		return data.valueStream().map((record) -> record.path("id").asString()).toList();
	}

	private static String version(long version) {
		return "{\"data\":{\"last_modified\":%d}}".formatted(version);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', textBlock = """
			PUT  , /g    , {
			PUT  , /g    , `{"data":1}`
			PUT  , /g    , `{"data":{"members":1}}`
			PUT  , /g    , `{"permissions":{"fly":["account:bob"]}}`
			PATCH, /g    , `{"data":1}`
			POST , ``    , `{"data":1}`
			GET  , ?_since=x , ``
			""")
	void versionOfEmptyListIsKeptAfterInvalidParameters(String method, String path, String body) {
		assertThat(this.client.send(method, BUCKET + "/groups" + path, body).statusCode()).isEqualTo(400);
		assertThat(etag(failedUpdateOfGroup())).isEqualTo(etag(this.client.send("GET", BUCKET + "/groups", "")));
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', textBlock = """
			GET , /g , ``                    , 404
			PUT , /_ , `{"data":{"members":[]}}`, 400
			POST, /g , ``                    , 405
			""")
	void versionOfEmptyListIsNotKeptAfterOtherErrors(String method, String path, String body, int status) {
		assertThat(this.client.send(method, BUCKET + "/groups" + path, body).statusCode()).isEqualTo(status);
		assertThat(etag(failedUpdateOfGroup())).isNotEqualTo(etag(this.client.send("GET", BUCKET + "/groups", "")));
	}

	private HttpResponse<String> failedUpdateOfGroup() {
		HttpResponse<String> response = this.client.send("PUT", BUCKET + "/groups/g", "{\"data\":{\"members\":[]}}",
				"If-Match", "\"1000\"");
		assertThat(response.statusCode()).isEqualTo(412);
		return response;
	}

	private static String put(String path, String body) {
		return "{\"method\":\"PUT\",\"path\":\"%s\",\"body\":%s}".formatted(path, body);
	}

	private static List<Integer> statuses(JsonNode responses) {
		return responses.valueStream().map((response) -> response.path("status").asInt()).toList();
	}

	private static String etag(HttpResponse<String> response) {
		return response.headers().firstValue("ETag").orElseThrow();
	}

	/**
	 * Clock that fails once, when it has been read several times.
	 */
	private static final class FailingClock extends Clock {

		private final Runnable failure;

		private final AtomicInteger remaining = new AtomicInteger(Integer.MAX_VALUE);

		private FailingClock(Runnable failure) {
			this.failure = failure;
		}

		private void failAfter(int readings) {
			this.remaining.set(readings);
		}

		@Override
		public Instant instant() {
			if (this.remaining.getAndDecrement() == 0) {
				this.failure.run();
			}
			return Instant.now();
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
