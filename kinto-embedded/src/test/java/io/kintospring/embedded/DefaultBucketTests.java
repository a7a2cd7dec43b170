package io.kintospring.embedded;

import java.util.List;

import io.kintospring.embedded.junit.EmbeddedKinto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for collections in the bucket {@code default}.
 */
@EmbeddedKinto
class DefaultBucketTests {

	private static final String COLLECTION = "/collections/posts";

	private static final String RECORD = COLLECTION + "/records/a";

	private static final String ALIAS = "/buckets/default";

	private TestClient alice;

	private String bucket;

	@BeforeEach
	void connect(EmbeddedKintoServer server) {
		this.alice = new TestClient(server, "alice");
		this.bucket = "/buckets/" + this.alice.get("/").path("user").path("bucket").asString();
	}

	@Test
	void schemaOfCollectionAppliesByIdOfBucketOnly() {
		this.alice.send("PUT", ALIAS + COLLECTION, "{\"data\":{\"schema\":{\"required\":[\"title\"]}}}");
		assertThat(this.alice.send("PUT", this.bucket + RECORD, "{\"data\":{\"n\":1}}").statusCode()).isEqualTo(400);
		assertThat(this.alice.send("PUT", ALIAS + RECORD, "{\"data\":{\"n\":1}}").statusCode()).isEqualTo(201);
		assertThat(this.alice.get(ALIAS + RECORD).path("data").has("schema")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "'', ec400dc9-b80f-c3c9-7fea-8fa1a1c047c9", "s3cret, ca54bd36-b095-97a5-cf4b-6083ce0f6f94" })
	void idIsDerivedFromOwnSecretAsInKinto(String secret, String id) {
		EmbeddedKintoServer.Builder builder = EmbeddedKintoServer.builder()
			.setting("userid_hmac_secret", "other")
			.account("ann", "secret");
		if (!secret.isEmpty()) {
			builder.setting("default_bucket_hmac_secret", secret);
		}
		try (EmbeddedKintoServer server = builder.start()) {
			TestClient ann = new TestClient(server, "ann");
			assertThat(ann.get("/").path("user").path("bucket").asString()).isEqualTo(id);
			assertThat(ann.get(ALIAS).path("data").path("id").asString()).isEqualTo(id);
		}
	}

	/**
	 * Kinto raises an error if there is no such path or method, which PostgreSQL undoes,
	 * and which records no history.
	 */
	@ParameterizedTest
	@CsvSource({ "GET, /none, 404, 0, 0", "GET, /collections/posts/none, 404, 0, 0",
			"POST, /collections/posts, 405, 0, 0", "GET, /collections/posts/records/a, 404, 1, 2",
			"PUT, /collections/posts/records/a=b, 400, 1, 2", "GET, /collections/a=b/records, 400, 0, 0" })
	void errorKeepsBucketAsInKinto(String method, String path, int status, int kept, int entries) {
		try (EmbeddedKintoServer memory = EmbeddedKintoServer.builder()
			.setting("storage_backend", "kinto.core.storage.memory")
			.start()) {
			TestClient inMemory = new TestClient(memory, "alice");
			for (TestClient client : List.of(this.alice, inMemory)) {
				assertThat(client.send(method, ALIAS + path, "{}").statusCode()).isEqualTo(status);
				assertThat(client.get("/buckets").path("data")).hasSize((client == inMemory) ? 1 : kept);
				assertThat(client.get(this.bucket + "/history").path("data")).hasSize(entries);
			}
		}
	}

	@Test
	void errorInBatchKeepsBucket() {
		this.alice.send("POST", "/batch", "{\"requests\":[{\"path\":\"/buckets/default/none\"}]}");
		assertThat(this.alice.get("/buckets").path("data")).hasSize(1);
	}

	@Test
	void collectionIsNotCreatedTwiceInBatch() {
		JsonNode response = TestClient.json(this.alice.send("POST", "/batch", """
				{"requests": [{"method": "DELETE", "path": "%1$s%2$s"}, {"path": "%1$s%3$s"}]}
				""".formatted(ALIAS, COLLECTION, RECORD)));
		assertThat(response.path("responses").path(1).path("body").path("details").path("resource_name").asString())
			.isEqualTo("record");
		assertThat(this.alice.get(this.bucket + "/collections").path("data")).isEmpty();
	}

}
