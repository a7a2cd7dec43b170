package io.kintospring.embedded.json;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import tools.jackson.databind.JsonNode;

/**
 * Equality of JSON values: numbers are equal if they have the same value.
 */
public final class JsonEquality {

	private JsonEquality() {
	}

	/**
	 * Return whether Python considers two values equal: {@code true} equals 1.
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
	public static Object key(JsonNode value) {
		return key(value, (logical) -> logical);
	}

	private static Object key(JsonNode value, Function<Boolean, Object> logical) {
		return switch (value.getNodeType()) {
			case NUMBER -> ExactNumbers.key(value);
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
