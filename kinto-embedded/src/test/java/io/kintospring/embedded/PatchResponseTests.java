package io.kintospring.embedded;

import java.net.http.HttpResponse;

import io.kintospring.embedded.junit.EmbeddedKinto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the header {@code Response-Behavior}, which selects the content of the
 * response to a patch.
 */
@EmbeddedKinto(settings = "kinto.includes=kinto.plugins.default_bucket")
class PatchResponseTests {

	private static final String BUCKET = "/buckets/blog";

	private static final String COLLECTION = BUCKET + "/collections/posts";

	private static final String RECORD = COLLECTION + "/records/a";

	private TestClient client;

	@BeforeEach
	void createRecord(EmbeddedKintoServer server) {
		createRecordIn(server);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "light | {'a':1,'b':3} | {'b':3}", "light | {'a':1,'b':2} | {}",
					"light | {'c':null} | {'c':null}", "diff | {'a':1,'b':3} | {}", "diff | {'c':5} | {}" })
	void responseHasChangedFields(String behavior, String data, String expected) {
		HttpResponse<String> response = patch(RECORD, "{'data':%s}".formatted(data), behavior, "application/json");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(TestClient.json(response)).isEqualTo(json("{'data':%s}".formatted(expected)));
		assertThat(response.headers().firstValue("ETag"))
			.hasValue("\"%d\"".formatted(this.client.get(RECORD).path("data").path("last_modified").asLong()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "diff" })
	void responseHasVersionThatServerChose(String behavior) {
		JsonNode data = TestClient.json(patch(RECORD, "{'data':{'last_modified':5}}", behavior, "application/json"))
			.path("data");
		assertThat(data.propertyNames()).containsExactly("last_modified");
		assertThat(data.path("last_modified")).isEqualTo(this.client.get(RECORD).path("data").path("last_modified"));
	}

	@ParameterizedTest
	@CsvSource({ "light, '5', 5", "diff, '5', 5", "light, 6, 6", "diff, 6, " })
	void responseHasValueThatServerConverted(String behavior, String sent, Integer expected) {
		JsonNode data = TestClient
			.json(patch(COLLECTION, "{'data':{'cache_expires':%s}}".formatted(sent.equals("5") ? "'5'" : sent),
					behavior, "application/json"))
			.path("data");
		assertThat(data).isEqualTo(json((expected != null) ? "{'cache_expires':%d}".formatted(expected) : "{}"));
	}

	@Test
	void responseToMergePatchHasChangedFields() {
		HttpResponse<String> response = patch(RECORD, "{'data':{'a':2,'b':2,'x':null}}", "light",
				"application/merge-patch+json");
		assertThat(TestClient.json(response)).isEqualTo(json("{'data':{'a':2}}"));
	}

	@Test
	void responseToJsonPatchHasVersion() {
		JsonNode data = TestClient
			.json(patch(RECORD, "[{'op':'add','path':'/data/x','value':1}]", "light", "application/json-patch+json"))
			.path("data");
		assertThat(data.propertyNames()).containsExactlyInAnyOrder("x", "last_modified");
		data = TestClient
			.json(patch(RECORD, "[{'op':'add','path':'/data/x','value':2}]", "diff", "application/json-patch+json"))
			.path("data");
		assertThat(data.propertyNames()).containsExactly("last_modified");
	}

	@Test
	void responseToPatchOfPermissionsIsEmpty() {
		HttpResponse<String> response = patch(RECORD, "{'permissions':{'read':['system.Everyone']}}", "light",
				"application/json");
		assertThat(TestClient.json(response)).isEqualTo(json("{'data':{}}"));
		assertThat(this.client.get(RECORD).path("permissions").path("read")).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "full", "" })
	void responseIsWholeObjectByDefault(String behavior) {
		JsonNode body = TestClient.json(patch(RECORD, "{'data':{'b':3}}", behavior, "application/json"));
		assertThat(body).isEqualTo(this.client.get(RECORD));
		assertThat(body.path("data").path("a").asInt()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "fulll", "LIGHT", "light, diff" })
	void unknownBehaviorIsRejected(String behavior) {
		HttpResponse<String> response = patch(RECORD, "{'data':{'b':3}}", behavior, "application/json");
		assertThat(TestClient.error(response)).isEqualTo("400 107 header:Response-Behavior");
		assertThat(this.client.get(RECORD).path("data").path("b").asInt()).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource({ "memory, light, 500, 3", "memory, diff, 500, 3", "memory, full, 200, 3", "postgresql, light, 500, 2",
			"postgresql, diff, 500, 2", "postgresql, full, 200, 3" })
	void responseFailsAfterChangeWithHistoryAsInKinto(String backend, String behavior, int status, int stored) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("storage_backend", "kinto.core.storage." + backend)
			.start()) {
			createRecordIn(server);
			assertThat(patch(RECORD, "{'data':{'b':3}}", behavior, "application/json").statusCode()).isEqualTo(status);
			assertThat(this.client.get(RECORD).path("data").path("b").asInt()).isEqualTo(stored);
		}
	}

	private void createRecordIn(EmbeddedKintoServer server) {
		this.client = new TestClient(server, "alice");
		this.client.send("PUT", BUCKET, "");
		this.client.send("PUT", COLLECTION, "");
		this.client.send("PUT", RECORD, "{\"data\":{\"a\":1,\"b\":2}}");
	}

	private HttpResponse<String> patch(String path, String body, String behavior, String type) {
		return this.client.send("PATCH", path, body.replace('\'', '"'), "Content-Type", type, "Response-Behavior",
				behavior);
	}

	private static JsonNode json(String text) {
		return JsonMapper.shared().readTree(text.replace('\'', '"'));
	}

}
