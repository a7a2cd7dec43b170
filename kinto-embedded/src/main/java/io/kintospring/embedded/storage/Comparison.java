package io.kintospring.embedded.storage;

import java.util.Locale;

/**
 * Operators that a filter compares a field with.
 */
public enum Comparison {

	/**
	 * The field is less than the value.
	 */
	LT,

	/**
	 * The field is greater than or equal to the value.
	 */
	MIN,

	/**
	 * The field is less than or equal to the value.
	 */
	MAX,

	/**
	 * The field is not equal to the value.
	 */
	NOT,

	/**
	 * The field is equal to the value.
	 */
	EQ,

	/**
	 * The field is greater than the value.
	 */
	GT,

	/**
	 * The field is equal to one of the values.
	 */
	IN,

	/**
	 * The field is not equal to any of the values.
	 */
	EXCLUDE,

	/**
	 * The field contains the value, ignoring case, or matches it if the value has
	 * wildcards.
	 */
	LIKE,

	/**
	 * The field exists if the value is true, and does not exist otherwise.
	 */
	HAS,

	/**
	 * The field is an array that contains at least one of the values.
	 */
	CONTAINS_ANY,

	/**
	 * The field is an array that contains all the values.
	 */
	CONTAINS;

	/**
	 * Return the keyword of this operator in a query, such as {@code min}.
	 * @return the keyword
	 */
	public String keyword() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Return whether a value meets a condition on its order.
	 * @param order less than, equal to or greater than zero if the value is less than,
	 * equal to or greater than that of the condition
	 * @return whether the value meets the condition
	 */
	boolean accepts(int order) {
		return switch (this) {
			case LT -> order < 0;
			case MAX -> order <= 0;
			case EQ -> order == 0;
			case NOT -> order != 0;
			case MIN -> order >= 0;
			case GT -> order > 0;
			default -> throw new IllegalStateException(this + " does not compare");
		};
	}

}
