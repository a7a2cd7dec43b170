package io.kintospring.embedded.json;

import java.math.BigDecimal;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DecimalNode;

/**
 * Exact values of JSON numbers: the decimal digits of a double are not its value.
 */
public final class ExactNumbers {

	private ExactNumbers() {
	}

	/**
	 * Convert a double to a number with the same value.
	 * @param number the number
	 * @return a decimal, or the number itself if it is not a double, or infinite
	 */
	public static JsonNode of(JsonNode number) {
		return (number.isDouble() && !isInfinite(number)) ? DecimalNode.valueOf(decimal(number)) : number;
	}

	/**
	 * Compare the values of numbers.
	 * @param left a number
	 * @param right another number
	 * @return less than, equal to or greater than zero if the left number is less than,
	 * equal to or greater than the right one
	 */
	public static int compare(JsonNode left, JsonNode right) {
		if (left.isIntegralNumber() && right.isIntegralNumber() && left.canConvertToLong()
				&& right.canConvertToLong()) {
			return Long.compare(left.asLong(), right.asLong());
		}
		if (isInfinite(left) || isInfinite(right)) {
			return Double.compare(left.asDouble(), right.asDouble());
		}
		return decimal(left).compareTo(decimal(right));
	}

	/**
	 * Return a key that is the same for numbers with the same value.
	 */
	static Object key(JsonNode number) {
		return isInfinite(number) ? number.asDouble() : decimal(number).stripTrailingZeros();
	}

	/**
	 * Return whether a number is infinite, as one that is too big for a double.
	 * @param number the number
	 * @return whether the number is infinite
	 */
	public static boolean isInfinite(JsonNode number) {
		return number.isDouble() && Double.isInfinite(number.asDouble());
	}

	private static BigDecimal decimal(JsonNode number) {
		return number.isDouble() ? new BigDecimal(number.asDouble()) : number.decimalValue();
	}

}
