package io.kintospring.embedded.resource;

import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON, read as strictly as Kinto does.
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
	 * Reads a text.
	 * @param text the text
	 * @return its value
	 * @throws JacksonException if it is not JSON, or has a value that is not valid
	 */
	static JsonNode read(String text) {
		return valid(MAPPER.readTree(text));
	}

	/**
	 * Reads bytes.
	 * @param bytes the bytes
	 * @return their value
	 * @throws JacksonException if they are not JSON, or have a value that is not valid
	 */
	static JsonNode read(byte[] bytes) {
		return valid(MAPPER.readTree(bytes));
	}

	/**
	 * The value of a text in a query: JSON if it is, else the text itself.
	 * @param text the text
	 * @return its value
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
