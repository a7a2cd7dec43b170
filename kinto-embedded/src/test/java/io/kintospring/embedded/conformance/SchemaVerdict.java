package io.kintospring.embedded.conformance;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import io.kintospring.embedded.TestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Schema, records, and what a server says about them.
 *
 * @param json the verdict in the format of the recorded files
 */
record SchemaVerdict(JsonNode json) {

	/**
	 * Send a schema and records to a server.
	 * @param client the client of the server
	 * @param collection the path of the collection to create
	 * @param schema the text of the schema
	 * @param records the texts of the records
	 * @return the verdict of the server
	 */
	static SchemaVerdict of(TestClient client, String collection, String schema, List<String> records) {
		ObjectNode verdict = JsonMapper.shared().createObjectNode();
		int status = client.send("PUT", collection, "{\"data\":{\"schema\":" + schema + "}}").statusCode();
		verdict.put("schema", schema);
		verdict.put("status", status);
		ArrayNode list = verdict.putArray("records");
		for (int i = 0; i < records.size() && status == 201; i++) {
			ObjectNode record = list.addObject().put("data", records.get(i));
			HttpResponse<String> response = client.send("PUT", collection + "/records/r" + i,
					"{\"data\":" + records.get(i) + "}");
			record.put("status", response.statusCode());
			if (response.statusCode() == 400) {
				record.set("detail", JsonMapper.shared().readTree(response.body()).at("/details/0/name"));
			}
		}
		return new SchemaVerdict(verdict);
	}

	String schema() {
		return this.json.path("schema").asString();
	}

	List<String> records() {
		return this.json.path("records").valueStream().map((record) -> record.path("data").asString()).toList();
	}

	/**
	 * Compare this verdict of Kinto with that of another server.
	 * @param other the verdict of the other server
	 * @return descriptions of the differences
	 */
	List<String> differences(SchemaVerdict other) {
		List<String> differences = new ArrayList<>();
		if (!isSame(this.json, other.json)) {
			differences
				.add("%s: %s instead of %s".formatted(schema(), other.json.path("status"), this.json.path("status")));
			return differences;
		}
		for (int i = 0; i < this.json.path("records").size(); i++) {
			JsonNode expected = this.json.path("records").path(i);
			JsonNode actual = other.json.path("records").path(i);
			if (!isSame(expected, actual)) {
				differences.add("%s: %s instead of %s".formatted(schema(), actual, expected));
			}
		}
		return differences;
	}

	private static boolean isSame(JsonNode expected, JsonNode actual) {
		int status = actual.path("status").asInt();
		if (expected.path("status").asInt() >= 500) {
			return status >= 400 && status < 500;
		}
		return status == expected.path("status").asInt() && actual.path("detail").equals(expected.path("detail"));
	}

}
