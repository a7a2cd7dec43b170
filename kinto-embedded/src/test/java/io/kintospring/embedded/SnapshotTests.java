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
 * Tests for snapshots of collections.
 */
@EmbeddedKinto
class SnapshotTests {

	private static final String COLLECTION = "/buckets/blog/collections/posts";

	private static final String RECORDS = COLLECTION + "/records";

	private static final String SNAPSHOT = "/buckets/blog/snapshot/collections/posts@";

	private TestClient client;

	@BeforeEach
	void createCollection(EmbeddedKintoServer server) {
		this.client = new TestClient(server, "alice");
		this.client.send("PUT", "/buckets/blog", "");
		this.client.send("PUT", COLLECTION, "");
	}

	@Test
	void snapshotContainsRecordsOfThatTime() {
		String empty = now();
		put("a", 1);
		put("b", 1);
		String two = now();
		put("a", 2);
		this.client.send("DELETE", RECORDS + "/b", "");
		put("c", 3);
		assertThat(snapshot(empty)).isEmpty();
		assertThat(snapshot(two)).containsExactly("b=1", "a=1");
		assertThat(snapshot(now())).containsExactly("c=3", "a=2");
	}

	@ParameterizedTest
	@CsvSource({ "x, 400", "-1, 400", "'', 404" })
	void invalidTimeIsRejected(String time, int status) {
		assertThat(this.client.send("GET", SNAPSHOT + time, "").statusCode()).isEqualTo(status);
	}

	@Test
	void snapshotRequiresReadPermission(EmbeddedKintoServer server) {
		assertThat(new TestClient(server, "bob").send("GET", SNAPSHOT + "1", "").statusCode()).isEqualTo(403);
	}

	private void put(String id, int value) {
		this.client.send("PUT", RECORDS + "/" + id, "{\"data\":{\"v\":%d}}".formatted(value));
	}

	private String now() {
		return this.client.send("HEAD", RECORDS, "").headers().firstValue("ETag").orElseThrow().replace("\"", "");
	}

	private List<String> snapshot(String time) {
		JsonNode data = this.client.get(SNAPSHOT + time).path("data");
		return data.valueStream()
			.map((record) -> record.path("id").asString() + "=" + record.path("v").asInt())
			.toList();
	}

}
