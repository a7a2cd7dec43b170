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
 * The two kinds of patches, by the library that has both.
 */
final class JsonP {

	private static final JsonProvider PROVIDER = JsonProvider.provider();

	private JsonP() {
	}

	/**
	 * Applies a merge patch.
	 * @param patch the patch
	 * @param target what is patched, stays as it is
	 * @return the patched value
	 */
	static JsonNode mergePatch(ObjectNode patch, ObjectNode target) {
		return json(PROVIDER.createMergePatch(jsonp(patch)).apply(jsonp(target)));
	}

	/**
	 * Applies a patch.
	 * @param operations the operations of the patch
	 * @param target what is patched, stays as it is
	 * @return the patched value
	 * @throws JsonException if it can't be applied
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
