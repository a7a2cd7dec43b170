package io.kintospring.embedded.request;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.kintospring.embedded.storage.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/**
 * Query parameters of a request, converted to JSON values. The prefix of a name decides
 * whether the value is an array.
 */
public final class Parameters {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private static final Pattern INTEGER = Pattern.compile("[-+]?\\d{1,20}");

	private static final BigInteger MAX = BigInteger.ONE.shiftLeft(63);

	private final Map<String, JsonNode> values = new LinkedHashMap<>();

	public Parameters(Map<String, String> query) {
		query.forEach((name, text) -> this.values.put(name, value(name, text)));
	}

	/**
	 * Return all parameters.
	 * @return the values by name
	 */
	Map<String, JsonNode> values() {
		return this.values;
	}

	public JsonNode value(String name) {
		return this.values.getOrDefault(name, MissingNode.getInstance());
	}

	/**
	 * Split comma-separated names.
	 * @param text the text
	 * @return the names
	 */
	static List<String> split(String text) {
		return Stream.of(text.split(",")).filter((part) -> !part.isEmpty()).toList();
	}

	/**
	 * Convert a parameter to an integer. {@code null} and other empty values do not
	 * change.
	 * @param name the name of the parameter
	 * @param validation collects the errors
	 */
	void integer(String name, Validation validation) {
		JsonNode value = value(name);
		if (!value.isNumber() && !value.isBoolean() && !Fields.isTrue(value)) {
			return;
		}
		BigInteger integer = integer(value);
		if (integer == null || integer.signum() < 0 || integer.compareTo(MAX) > 0) {
			validation.add(ErrorDetail.query(name, "Should be an integer, not negative"));
			return;
		}
		this.values.put(name, NODES.numberNode(integer));
	}

	/**
	 * Require that a parameter is a string, unless it is empty.
	 * @param name the name of the parameter
	 * @param validation collects the errors
	 */
	void text(String name, Validation validation) {
		JsonNode value = value(name);
		if (Fields.isTrue(value) && !value.isString()) {
			validation.add(ErrorDetail.query(name, "Should be a text"));
		}
	}

	private static @Nullable BigInteger integer(JsonNode value) {
		if (value.isString() && INTEGER.matcher(value.asString()).matches()) {
			return new BigInteger(value.asString());
		}
		if (value.isBoolean()) {
			return value.asBoolean() ? BigInteger.ONE : BigInteger.ZERO;
		}
		return value.isNumber() ? Json.integer(value) : null;
	}

	private static JsonNode value(String name, String text) {
		if (name.startsWith("contains_")) {
			JsonNode value = Json.nativeValue(text);
			return value.isArray() ? value : Json.array().add(value);
		}
		if (name.startsWith("in_") || name.startsWith("exclude_")) {
			ArrayNode values = Json.array();
			split(text).forEach((part) -> values.add(Json.nativeValue(part)));
			return values;
		}
		return Json.nativeValue(text);
	}

}
