package io.kintospring.embedded;

import java.net.http.HttpResponse;

import io.kintospring.embedded.junit.EmbeddedKinto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for JSON Merge Patch as Kinto applies it.
 */
@EmbeddedKinto
class MergePatchTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String RECORD = "/buckets/blog/collections/posts/records/a";

	private TestClient client;

	@BeforeEach
	void createCollection(EmbeddedKintoServer server) {
		this.client = new TestClient(server, "alice");
		this.client.send("PUT", "/buckets/blog", "");
		this.client.send("PUT", "/buckets/blog/collections/posts", "");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"a":1,"b":2} | {"b":null}             | {"a":1}
			{"a":1}       | {"b":null}             | {"a":1}
			{}            | {"b":{"c":null}}       | {"b":{}}
			{"b":{"c":1}} | {"b":{"c":null,"d":2}} | {"b":{"d":2}}
			{"b":{"c":1}} | {"b":[1]}              | {"b":[1]}
			{"b":[{"c":1}]} | {"b":[{"d":null}]}   | {"b":[{"d":null}]}
			""")
	void patchIsApplied(String before, String patch, String after) {
		assertThat(patched(before, patch)).isEqualTo(JSON.readTree(after));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			1       | {}
			null    | {}
			"text"  | {}
			[1]     | {}
			"text"  | {"d":null}
			["dd"]  | {"d":null}
			""")
	void objectThatChangesNothingKeepsOtherValue(String value, String patch) {
		String before = "{\"b\":%s}".formatted(value);
		assertThat(patched(before, "{\"b\":%s}".formatted(patch))).isEqualTo(JSON.readTree(before));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			1       | {"d":2}
			null    | {"d":2}
			"text"  | {"d":2}
			[1]     | {"d":2}
			true    | {"d":null}
			1.5     | {"d":null}
			null    | {"d":null}
			"add"   | {"d":null}
			["d"]   | {"d":null}
			"text"  | {"d":{}}
			["d"]   | {"d":{}}
			""")
	void objectThatChangesOtherValueFails(String value, String patch) {
		String before = "{\"b\":%s}".formatted(value);
		assertThat(patch(before, "{\"b\":%s}".formatted(patch)).statusCode()).isEqualTo(500);
		assertThat(record()).isEqualTo(JSON.readTree(before));
	}

	private JsonNode patched(String before, String patch) {
		assertThat(patch(before, patch).statusCode()).isEqualTo(200);
		return record();
	}

	private HttpResponse<String> patch(String before, String patch) {
		assertThat(this.client.send("PUT", RECORD, data(before)).statusCode()).isEqualTo(201);
		return this.client.send("PATCH", RECORD, data(patch), "Content-Type", "application/merge-patch+json");
	}

	private ObjectNode record() {
		return ((ObjectNode) this.client.get(RECORD).path("data")).without("id").without("last_modified");
	}

	private static String data(String json) {
		return "{\"data\":%s}".formatted(json);
	}

}
