package io.kintospring.embedded.schema;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON values as Kinto's libraries and its database see them.
 */
public final class JsonValues {

	private static final Comparator<String> STORED_ORDER = Comparator.comparing(
			(name) -> name.getBytes(StandardCharsets.UTF_8),
			Comparator.<byte[]>comparingInt((bytes) -> bytes.length).thenComparing(Arrays::compareUnsigned));

	private JsonValues() {
	}

	/**
	 * Return whether Python considers two values equal: numbers are equal if they have
	 * the same value, and {@code true} equals 1.
	 * @param left a value
	 * @param right another value
	 * @return whether the values are equal
	 */
	public static boolean equalInPython(JsonNode left, JsonNode right) {
		Function<Boolean, Object> number = (value) -> value ? BigDecimal.ONE : BigDecimal.ZERO;
		return key(left, number).equals(key(right, number));
	}

	/**
	 * Return a key that is the same for values that JSON Schema considers equal.
	 * @param value the value
	 * @return the key
	 */
	static Object key(JsonNode value) {
		return key(value, (logical) -> logical);
	}

	/**
	 * Copy a value with exact numbers: the decimal digits of a double are not its value.
	 * @param value the value
	 * @return the copy
	 */
	static JsonNode exact(JsonNode value) {
		return copy(value, UnaryOperator.identity(), JsonValues::exactNumber);
	}

	/**
	 * Copy a value with the doubles that it had before its numbers were exact.
	 * @param value the value
	 * @return the copy
	 */
	static JsonNode withDoubles(JsonNode value) {
		return copy(value, UnaryOperator.identity(),
				(number) -> number.isBigDecimal() ? DoubleNode.valueOf(number.asDouble()) : number);
	}

	/**
	 * Copy a value with exact numbers, and with the fields of each object in the order of
	 * PostgreSQL, which is that of the validation.
	 * @param value the value
	 * @return the copy
	 */
	static JsonNode exactAndOrdered(JsonNode value) {
		return copy(value, (names) -> names.sorted(STORED_ORDER), JsonValues::exactNumber);
	}

	private static JsonNode copy(JsonNode value, UnaryOperator<Stream<String>> order, UnaryOperator<JsonNode> number) {
		if (value.isObject()) {
			ObjectNode object = JsonNodeFactory.instance.objectNode();
			order.apply(value.propertyNames().stream())
				.forEach((name) -> object.set(name, copy(value.path(name), order, number)));
			return object;
		}
		if (value.isArray()) {
			ArrayNode array = JsonNodeFactory.instance.arrayNode(value.size());
			value.forEach((item) -> array.add(copy(item, order, number)));
			return array;
		}
		return value.isNumber() ? number.apply(value) : value;
	}

	private static JsonNode exactNumber(JsonNode value) {
		return value.isDouble() ? DecimalNode.valueOf(number(value)) : value;
	}

	private static BigDecimal number(JsonNode value) {
		return value.isDouble() ? new BigDecimal(value.asDouble()) : value.decimalValue();
	}

	private static Object key(JsonNode value, Function<Boolean, Object> logical) {
		return switch (value.getNodeType()) {
			case NUMBER -> number(value).stripTrailingZeros();
			case BOOLEAN -> logical.apply(value.asBoolean());
			case ARRAY -> value.valueStream().map((item) -> key(item, logical)).toList();
			case OBJECT -> {
				Map<String, Object> fields = new HashMap<>();
				value.forEachEntry((name, field) -> fields.put(name, key(field, logical)));
				yield fields;
			}
			default -> value;
		};
	}

}
