package io.kintospring.embedded.request;

import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;

import io.kintospring.embedded.json.KintoJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON values of requests, read as Kinto reads them.
 */
public final class Json {

	private Json() {
	}

	public static ObjectNode object() {
		return JsonNodeFactory.instance.objectNode();
	}

	public static ArrayNode array() {
		return JsonNodeFactory.instance.arrayNode();
	}

	/**
	 * Parse a text.
	 * @param text the text
	 * @return the value
	 * @throws JacksonException if the text is not JSON, or contains an invalid value
	 */
	public static JsonNode read(String text) {
		return KintoJson.read(text);
	}

	/**
	 * Parse bytes.
	 * @param bytes the bytes
	 * @return the value
	 * @throws JacksonException if the bytes are not JSON, or contain an invalid value
	 */
	public static JsonNode read(byte[] bytes) {
		return KintoJson.read(bytes);
	}

	/**
	 * Return the size of a value.
	 * @param value the value
	 * @return the size in bytes
	 * @throws JacksonException if the value is nested too deeply
	 */
	static long size(JsonNode value) {
		return KintoJson.write(value).length;
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

	/**
	 * Write a value.
	 * @param value the value
	 * @param out the stream to write to
	 */
	public static void write(JsonNode value, OutputStream out) {
		KintoJson.write(value, out);
	}

	/**
	 * Convert a number to an integer.
	 * @param number the number
	 * @return the integer, without a fraction, or {@code null} if the number is infinite
	 */
	public static @Nullable BigInteger integer(JsonNode number) {
		if (number.isDouble()) {
			double value = number.asDouble();
			return Double.isFinite(value) ? new BigDecimal(value).toBigInteger() : null;
		}
		return number.bigIntegerValue();
	}

}
