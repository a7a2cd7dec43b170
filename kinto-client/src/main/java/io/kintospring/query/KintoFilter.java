package io.kintospring.query;

import java.util.List;

import io.kintospring.KintoTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Condition that listed objects must match.
 *
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/filtering.html">Kinto's
 * filters</a>
 */
public sealed interface KintoFilter {

	/**
	 * Filter in Kinto's own syntax, without URL encoding.
	 *
	 * @param name the operator and the field, such as {@code min_stars}
	 * @param value the value
	 */
	record Raw(String name, String value) implements KintoFilter {
	}

	/**
	 * Comparison of a field.
	 *
	 * @param field the field
	 * @param operator the operator
	 * @param values the operands: one value, or several if the operator supports them
	 */
	record Comparison(KintoField field, Operator operator, List<@Nullable Object> values) implements KintoFilter {
	}

	/**
	 * Filter for objects that were changed or deleted after a version.
	 *
	 * @param timestamp the version
	 */
	record Since(KintoTimestamp timestamp) implements KintoFilter {
	}

	/**
	 * Filter for objects that were last changed or deleted before a version.
	 *
	 * @param timestamp the version
	 */
	record Before(KintoTimestamp timestamp) implements KintoFilter {
	}

	/**
	 * Operators of comparisons.
	 */
	enum Operator {

		/** The field has the value. */
		IS,

		/** The field has another value or is missing. */
		NOT,

		/** The field is greater than or equal to the value, or missing. */
		MIN,

		/** The field is less than or equal to the value. */
		MAX,

		/** The field is greater than the value, or missing. */
		GREATER_THAN,

		/** The field is less than the value. */
		LESS_THAN,

		/** The field has one of the values. */
		IN,

		/** The field has none of the values, or is missing. */
		NOT_IN,

		/** The text of the field matches a pattern. */
		LIKE,

		/** The field exists. */
		EXISTS,

		/** The list in the field contains all values. */
		CONTAINS,

		/** The list in the field contains at least one of the values. */
		CONTAINS_ANY

	}

}
