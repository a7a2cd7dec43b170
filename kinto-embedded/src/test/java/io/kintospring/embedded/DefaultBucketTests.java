package io.kintospring.embedded;

import io.kintospring.embedded.junit.EmbeddedKinto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
