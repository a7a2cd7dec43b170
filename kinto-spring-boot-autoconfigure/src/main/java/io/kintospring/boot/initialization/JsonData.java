package io.kintospring.boot.initialization;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Functions for data that consists of the types of JSON: maps with text keys, lists,
 * text, numbers, booleans and {@code null}.
 */
final class JsonData {

	private static final int MAX_DEPTH = 100;

	/** Greatest integer that Kinto keeps exactly. */
	private static final BigDecimal MAX_EXACT = BigDecimal.valueOf(2).pow(64).subtract(BigDecimal.ONE);

	/** Maximum error of other numbers, in units of the last place of a double. */
	private static final int MAX_ERROR = 8;

	private JsonData() {
	}

	/**
	 * Return an immutable copy of a map.
	 * @param map the map
	 * @return the copy
	 * @throws IllegalArgumentException if a value has no type of JSON
	 */
	static Map<String, @Nullable Object> copy(Map<?, ? extends @Nullable Object> map) {
		return copy(map, "data");
	}

	private static Map<String, @Nullable Object> copy(Map<?, ? extends @Nullable Object> map, String path) {
		Map<String, @Nullable Object> copy = new LinkedHashMap<>();
		map.forEach((key, value) -> copy.put(String.valueOf(key), value(value, path + "." + key)));
		return Collections.unmodifiableMap(copy);
	}

	private static @Nullable Object value(@Nullable Object value, String path) {
		if (value == null || value instanceof String || value instanceof Boolean) {
			return value;
		}
		if (value instanceof Number number) {
			decimal(number, path);
			return number;
		}
		if (path.chars().filter((c) -> c == '.').count() > MAX_DEPTH) {
			throw new IllegalArgumentException(path.substring(0, path.indexOf('.', path.indexOf('.') + 1))
					+ " has more than " + MAX_DEPTH + " levels, or contains itself");
		}
		if (value instanceof Map<?, ?> map) {
			return copy(map, path);
		}
		if (value instanceof Collection<?> collection) {
			List<@Nullable Object> copy = new ArrayList<>(collection.size());
			collection.forEach((element) -> copy.add(value(element, path + "." + copy.size())));
			return Collections.unmodifiableList(copy);
		}
		throw new IllegalArgumentException(path + " is a " + value.getClass().getName()
				+ ", but must be text, a number, a boolean, null, a map or a list");
	}

	private static BigDecimal decimal(Number number, String path) {
		try {
			return new BigDecimal(number.toString());
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(path + " is " + number + ", which is not a number in JSON", ex);
		}
	}

	/**
	 * Return whether two values are the same in JSON. Numbers are compared by value, as
	 * exactly as Kinto keeps them, and the order of fields is irrelevant.
	 * @param one a value
	 * @param other another value
	 * @return whether they are the same
	 */
	static boolean isSame(@Nullable Object one, @Nullable Object other) {
		if (one instanceof Number && other instanceof Number) {
			return isSame(decimal((Number) one, ""), decimal((Number) other, ""));
		}
		if (one instanceof Map<?, ?> && other instanceof Map<?, ?>) {
			return isSame((Map<?, ?>) one, (Map<?, ?>) other);
		}
		if (one instanceof List<?> && other instanceof List<?>) {
			return isSame((List<?>) one, (List<?>) other);
		}
		return Objects.equals(one, other);
	}

	/**
	 * Compare numbers. Kinto converts a number that is not an integer of 64 bits to a
	 * double, and not always to the nearest one.
	 */
	private static boolean isSame(BigDecimal one, BigDecimal other) {
		BigDecimal difference = one.subtract(other).abs();
		if (isExact(one) && isExact(other)) {
			return difference.signum() == 0;
		}
		return difference.doubleValue() <= MAX_ERROR * Math.ulp(one.doubleValue());
	}

	private static boolean isExact(BigDecimal number) {
		return number.stripTrailingZeros().scale() <= 0 && number.abs().compareTo(MAX_EXACT) <= 0;
	}

	private static boolean isSame(Map<?, ?> one, Map<?, ?> other) {
		return one.keySet().equals(other.keySet())
				&& one.keySet().stream().allMatch((key) -> isSame(one.get(key), other.get(key)));
	}

	private static boolean isSame(List<?> one, List<?> other) {
		if (one.size() != other.size()) {
			return false;
		}
		Iterator<?> others = other.iterator();
		return one.stream().allMatch((element) -> isSame(element, others.next()));
	}

}
