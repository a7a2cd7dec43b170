package io.kintospring.embedded.resource;

import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Strict JSON parser, consistent with Kinto's.
 */
final class Json {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private Json() {
	}

	static ObjectNode object() {
		return JsonNodeFactory.instance.objectNode();
	}

	static ArrayNode array() {
		return JsonNodeFactory.instance.arrayNode();
	}

	/**
	 * Parse a text.
	 * @param text the text
	 * @return the value
	 * @throws JacksonException if the text is not JSON, or contains an invalid value
	 */
	static JsonNode read(String text) {
		return valid(MAPPER.readTree(text));
	}

	/**
	 * Parse bytes.
	 * @param bytes the bytes
	 * @return the value
	 * @throws JacksonException if the bytes are not JSON, or contain an invalid value
	 */
	static JsonNode read(byte[] bytes) {
		return valid(MAPPER.readTree(bytes));
	}

	/**
	 * Convert the text of a query parameter. It is parsed as JSON if possible.
	 * @param text the text
	 * @return the JSON value, or the text as a string
	 */
	static JsonNode nativeValue(String text) {
		try {
			JsonNode value = read(text);
			return value.isMissingNode() ? JsonNodeFactory.instance.stringNode(text) : value;
		}
		catch (JacksonException ex) {
			return JsonNodeFactory.instance.stringNode(text);
		}
	}

	private static boolean isUnicode(String text) {
		return text.codePoints()
			.noneMatch((point) -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
	}

	private static JsonNode valid(JsonNode value) {
		if (value.isDouble() && !Double.isFinite(value.asDouble())) {
			throw new StreamReadException("A number is out of range");
		}
		if (value.isString() && !isUnicode(value.asString())) {
			throw new StreamReadException("A text has half a character");
		}
		value.values().forEach(Json::valid);
		return value;
	}

}
