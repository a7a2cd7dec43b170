package io.kintospring.embedded.resource;

import java.io.StringReader;

import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Patch, implemented with JSON-P.
 */
final class JsonP {

	private static final JsonProvider PROVIDER = JsonProvider.provider();

	private JsonP() {
	}

	/**
	 * Apply a JSON Patch.
	 * @param operations the operations of the patch
	 * @param target the object to patch, which does not change
	 * @return the patched value
	 * @throws JsonException if the patch cannot be applied
	 */
	static JsonNode patch(ArrayNode operations, ObjectNode target) {
		return json(PROVIDER.createPatch((JsonArray) jsonp(operations)).apply(jsonp(target)));
	}

	private static JsonNode json(JsonValue value) {
		return Json.read(value.toString());
	}

	private static JsonStructure jsonp(JsonNode json) {
		try (JsonReader reader = PROVIDER.createReader(new StringReader(json.toString()))) {
			return reader.read();
		}
	}

}
