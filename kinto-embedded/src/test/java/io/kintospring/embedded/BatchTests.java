package io.kintospring.embedded;

import java.net.http.HttpResponse;
import java.util.List;

import io.kintospring.embedded.junit.EmbeddedKinto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the time at which changes take effect. Group members, the history and objects
 * below a deleted one change after the whole batch.
 */
@EmbeddedKinto
class BatchTests {

	private static final String BUCKET = "/buckets/blog";

	private static final String COLLECTION = BUCKET + "/collections/posts";

	private static final String GROUP = BUCKET + "/groups/authors";

	private TestClient alice;

	private TestClient bob;

	private String bobId;

	@BeforeEach
	void createBucket(EmbeddedKintoServer server) {
		this.alice = new TestClient(server, "alice");
		this.bob = new TestClient(server, "bob");
		this.bobId = this.bob.get("/").path("user").path("id").asString();
		this.alice.send("PUT", BUCKET, "");
	}

	@ParameterizedTest
	@CsvSource({ "GET, blog, 500", "HEAD, blog, 500", "GET, default, 500", "HEAD, default, 304" })
	void notModifiedMakesBatchFailExceptForHeadInDefaultBucket(String method, String bucket, int status) {
		String record = "/buckets/%s/collections/posts/records/a".formatted(bucket);
		this.alice.send("PUT", "/buckets/blog/collections/posts", "");
		String etag = this.alice.send("PUT", record, "{\"data\":{}}").headers().firstValue("ETag").orElseThrow();
		HttpResponse<String> response = this.alice.send("POST", "/batch", """
				{"requests":[{"method":"%s","path":"%s","headers":{"If-None-Match":%s}}]}""".formatted(method, record,
				JsonNodeFactory.instance.stringNode(etag)));
		int outcome = (response.statusCode() == 200)
				? TestClient.json(response).path("responses").path(0).path("status").asInt() : response.statusCode();
		assertThat(outcome).isEqualTo(status);
	}

	/**
	 * In the default bucket, Kinto fails when it writes the responses, and nothing undoes
	 * the changes in memory.
	 */
	@ParameterizedTest
	@CsvSource({ "blog, memory, 404", "default, memory, 200", "default, postgresql, 404" })
	void notModifiedInDefaultBucketDoesNotEndBatch(String bucket, String backend, int status) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("storage_backend", "kinto.core.storage." + backend)
			.start()) {
			TestClient client = new TestClient(server, "alice");
			String collection = "/buckets/%s/collections/posts".formatted(bucket);
			client.send("PUT", BUCKET, "");
			String etag = client.send("PUT", collection, "").headers().firstValue("ETag").orElseThrow();
			HttpResponse<String> response = client.send("POST", "/batch", """
					{"requests":[{"path":"%1$s","headers":{"If-None-Match":%2$s}},
					  {"method":"PUT","path":"%1$s/records/a"}]}""".formatted(collection,
					JsonNodeFactory.instance.stringNode(etag)));
			assertThat(response.statusCode()).isEqualTo(500);
			assertThat(client.send("GET", collection + "/records/a", "").statusCode()).isEqualTo(status);
		}
	}

	/**
	 * Kinto raises most errors. It returns those of the validation, and all of the
	 * default bucket, which then get the headers of any response.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "GET | /buckets/blog | {} | 200 | true", "PUT | /buckets/blog | {'unknown':1} | 400 | true",
					"PUT | /buckets/b=c | {} | 400 | false", "GET | /nothing | {} | 404 | false",
					"PUT | / | {} | 405 | false", "GET | /buckets/blog/groups/none | {} | 404 | false",
					"GET | /buckets/other | {} | 403 | false", "GET | /buckets/default/groups/none | {} | 404 | true",
					"GET | /buckets/default/none | {} | 404 | false",
					"GET | /buckets/default/collections/b=c/records | {} | 400 | false" })
	void raisedErrorsLackCommonHeaders(String method, String path, String body, int status, boolean complete) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder().setting("backoff", "10").start()) {
			TestClient client = new TestClient(server, "alice");
			client.send("PUT", BUCKET, "");
			JsonNode response = TestClient
				.json(client.send("POST", "/batch", "{\"requests\":[{\"method\":\"%s\",\"path\":\"%s\",\"body\":%s}]}"
					.formatted(method, path, body.replace('\'', '"'))))
				.path("responses")
				.path(0);
			assertThat(response.path("status").asInt()).isEqualTo(status);
			List<String> common = List.of("Backoff", "Content-Security-Policy", "X-Content-Type-Options");
			assertThat(common).allMatch((name) -> response.path("headers").has(name) == complete);
			assertThat(response.path("headers").has("Access-Control-Expose-Headers")).isEqualTo(status != 405);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "user", GROUP, "system.Authenticated", "system.Everyone" })
	void writerOfObjectSeesItsPermissions(String principal) {
		this.alice.send("PUT", GROUP, "{\"data\":{\"members\":[\"%s\"]}}".formatted(this.bobId));
		String writer = principal.equals("user") ? this.bobId : principal;
		this.alice.send("PUT", COLLECTION, permissions("write", writer));
		assertThat(permissionsOf(this.bob.get(COLLECTION))).contains("write");
		assertThat(permissionsOf(post(this.bob))).contains("write");
	}

	@ParameterizedTest
	@ValueSource(strings = { "read", "write" })
	void readerOrWriterOfParentDoesNotSeePermissions(String permission) {
		this.alice.send("PUT", COLLECTION, "");
		this.alice.send("PATCH", BUCKET, permissions(permission, this.bobId));
		assertThat(permissionsOf(this.bob.get(COLLECTION))).isEmpty();
		assertThat(permissionsOf(post(this.bob))).isEmpty();
	}

	@Test
	void membersOfGroupChangeAfterBatch() {
		this.alice.send("PUT", GROUP, "{\"data\":{\"members\":[\"%s\"]}}".formatted(this.bobId));
		this.alice.send("PATCH", BUCKET, permissions("write", GROUP));
		JsonNode responses = batch(this.bob, put(GROUP, "{\"data\":{\"members\":[]}}"), put(COLLECTION, "{}"));
		assertThat(responses.path(1).path("status").asInt()).isEqualTo(201);
		assertThat(this.bob.send("PUT", BUCKET + "/collections/other", "").statusCode()).isEqualTo(403);
	}

	@Test
	void batchUsesGroupMembersFromBeforeBatch() {
		String aliceId = this.alice.get("/").path("user").path("id").asString();
		this.alice.send("PUT", COLLECTION, permissions("read", "system.Everyone"));
		this.alice.send("PATCH", COLLECTION, permissions("write", GROUP));
		this.alice.send("PATCH", BUCKET, permissions("group:create", this.bobId));
		String members = "{\"data\":{\"members\":[\"%s\",\"%s\"]}}".formatted(aliceId, this.bobId);
		String post = "{\"method\":\"POST\",\"path\":\"%s/collections\",\"body\":{\"data\":{\"id\":\"posts\"}}}"
			.formatted(BUCKET);
		JsonNode responses = batch(this.bob, put(GROUP, members), post);
		assertThat(responses.path(1).path("status").asInt()).isEqualTo(200);
		assertThat(permissionsOf(responses.path(1).path("body"))).isEmpty();
		assertThat(permissionsOf(post(this.bob))).contains("write");
	}

	@Test
	void historyHasReadersOfObjectsAfterBatch() {
		this.alice.send("PUT", COLLECTION, "");
		batch(this.alice, put(COLLECTION + "/records/a", "{}"),
				put(COLLECTION + "/records/a", permissions("read", this.bobId)));
		assertThat(history(this.bob)).containsExactly("update " + COLLECTION + "/records/a",
				"create " + COLLECTION + "/records/a");
	}

	@Test
	void historyOfCollectionsInBatchHasReadersOfFirstCollection() {
		batch(this.alice, put(COLLECTION, permissions("read", this.bobId)), put(BUCKET + "/collections/drafts", "{}"));
		assertThat(history(this.bob)).containsExactly("create " + BUCKET + "/collections/drafts",
				"create " + COLLECTION);
	}

	@Test
	void historyGroupsChangesOfBatchByListAndKind() {
		batch(this.alice, put(COLLECTION, "{}"), put(GROUP, "{}"), put(COLLECTION, "{}"),
				put(BUCKET + "/collections/drafts", "{}"));
		assertThat(history(this.alice)).startsWith("update " + COLLECTION, "create " + GROUP,
				"create " + BUCKET + "/collections/drafts", "create " + COLLECTION);
	}

	@Test
	void objectsCreatedBelowDeletedObjectInBatchAreRemoved() {
		this.alice.send("PUT", COLLECTION, "");
		batch(this.alice, "{\"method\":\"DELETE\",\"path\":\"%s\"}".formatted(COLLECTION), put(COLLECTION, "{}"),
				put(COLLECTION + "/records/a", "{}"));
		assertThat(this.alice.get(COLLECTION + "/records").path("data")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { COLLECTION + "/records/a", COLLECTION })
	void nothingIsWrittenBelowBucketThatBatchDeleted(String path) {
		this.alice.send("PUT", COLLECTION, "");
		JsonNode responses = batch(this.alice, "{\"method\":\"DELETE\",\"path\":\"%s\"}".formatted(BUCKET),
				put(path, "{}"));
		assertThat(responses.path(1).path("status").asInt()).isEqualTo(404);
		assertThat(responses.path(1).path("body").path("errno").asInt()).isEqualTo(111);
		assertThat(responses.path(1).path("body").path("details").path("id").asString()).isEqualTo("blog");
	}

	@Test
	void bucketIsReadOnceInBatch() {
		this.alice.send("PUT", COLLECTION, "");
		JsonNode responses = batch(this.alice, put(COLLECTION + "/records/a", "{}"),
				"{\"method\":\"DELETE\",\"path\":\"%s\"}".formatted(BUCKET), put(COLLECTION + "/records/b", "{}"));
		assertThat(responses.path(2).path("status").asInt()).isEqualTo(201);
		assertThat(this.alice.send("GET", COLLECTION, "").statusCode()).isEqualTo(403);
	}

	@Test
	void nothingIsCreatedInBucketThatBatchDeleted() {
		JsonNode responses = batch(this.alice, "{\"method\":\"DELETE\",\"path\":\"%s\"}".formatted(BUCKET),
				put(GROUP, "{}"));
		assertThat(responses.path(1).path("status").asInt()).isEqualTo(403);
	}

	@Test
	void permissionsOfBucketRecreatedInBatchAreRemoved() {
		batch(this.alice, "{\"method\":\"DELETE\",\"path\":\"%s\"}".formatted(BUCKET), put(BUCKET, "{}"));
		assertThat(this.alice.send("GET", BUCKET, "").statusCode()).isEqualTo(403);
	}

	@Test
	void permissionsOfCollectionRecreatedInBatchAreKept() {
		this.alice.send("PUT", COLLECTION, "");
		batch(this.alice, "{\"method\":\"DELETE\",\"path\":\"%s\"}".formatted(COLLECTION),
				put(COLLECTION, permissions("read", this.bobId)));
		assertThat(this.bob.send("GET", COLLECTION, "").statusCode()).isEqualTo(200);
	}

	private static JsonNode post(TestClient client) {
		return TestClient.json(client.send("POST", BUCKET + "/collections", "{\"data\":{\"id\":\"posts\"}}"));
	}

	private static JsonNode batch(TestClient client, String... requests) {
		String body = "{\"requests\":[%s]}".formatted(String.join(",", requests));
		return TestClient.json(client.send("POST", "/batch", body)).path("responses");
	}

	private static String put(String path, String body) {
		return "{\"method\":\"PUT\",\"path\":\"%s\",\"body\":%s}".formatted(path, body);
	}

	private static String permissions(String permission, String principal) {
		return "{\"permissions\":{\"%s\":[\"%s\"]}}".formatted(permission, principal);
	}

	private static List<String> permissionsOf(JsonNode body) {
		return List.copyOf(body.path("permissions").propertyNames());
	}

	private static List<String> history(TestClient client) {
		JsonNode data = client.get(BUCKET + "/history").path("data");
		return data.valueStream()
			.map((entry) -> entry.path("action").asString() + " " + entry.path("uri").asString())
			.toList();
	}

}
