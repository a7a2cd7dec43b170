package io.kintospring.query;

import java.util.List;

import io.kintospring.KintoTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * What an object must be like to be listed.
 *
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/filtering.html">Kinto's
 * filters</a>
 */
public sealed interface KintoFilter {

	/**
	 * A filter as Kinto reads it in a query, not yet encoded for the URL.
	 *
	 * @param name the field, with the operator before it
	 * @param value the value
	 */
	record Raw(String name, String value) implements KintoFilter {
	}

	/**
	 * A condition on a field.
	 *
	 * @param field the field
	 * @param operator what is compared
	 * @param values what it is compared with: one value, or several for the operators
	 * that take them
	 */
	record Comparison(KintoField field, Operator operator, List<@Nullable Object> values) implements KintoFilter {
	}

	/**
	 * Changed or deleted after a version.
	 *
	 * @param timestamp the version
	 */
	record Since(KintoTimestamp timestamp) implements KintoFilter {
	}

	/**
	 * Changed or deleted before a version, and not after.
	 *
	 * @param timestamp the version
	 */
	record Before(KintoTimestamp timestamp) implements KintoFilter {
	}

	/**
	 * What can be compared.
	 */
	enum Operator {

		/** The field has the value. */
		IS,

		/** The field does not have the value, or is missing. */
		NOT,

		/** The field has the value or a greater one, or is missing. */
		MIN,

		/** The field has the value or a less one. */
		MAX,

		/** The field has a greater value, or is missing. */
		GREATER_THAN,

		/** The field has a less value. */
		LESS_THAN,

		/** The field has one of the values. */
		IN,

		/** The field has none of the values, or is missing. */
		NOT_IN,

		/** The field's text matches. */
		LIKE,

		/** The field is there. */
		EXISTS,

		/** The field's list has all values. */
		CONTAINS,

		/** The field's list has one of the values. */
		CONTAINS_ANY

	}

}
