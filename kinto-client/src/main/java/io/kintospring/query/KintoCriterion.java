package io.kintospring.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

import io.kintospring.query.KintoFilter.Operator;
import org.jspecify.annotations.Nullable;

/**
 * Field of a query that needs a condition, such as the result of {@code where("author")}.
 * Each method adds a condition and returns the query. Jackson writes the values, so text
 * is compared as text even if it looks like a number.
 *
 * @param <Q> the type of the query
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/filtering.html">Kinto's
 * filters</a>
 */
public final class KintoCriterion<Q> {

	private final Function<KintoFilter, Q> query;

	private final KintoField field;

	KintoCriterion(Function<KintoFilter, Q> query, KintoField field) {
		this.query = query;
		this.field = field;
	}

	/**
	 * List objects whose field has a value.
	 * @param value the value; {@code null} for objects whose field exists and is null
	 * @return the query with that condition
	 */
	public Q is(@Nullable Object value) {
		return with(Operator.IS, value);
	}

	/**
	 * List objects whose field has another value or is missing.
	 * @param value the value
	 * @return the query with that condition
	 */
	public Q not(@Nullable Object value) {
		return with(Operator.NOT, value);
	}

	/**
	 * List objects whose field is greater than or equal to a value, or missing.
	 * @param value the value
	 * @return the query with that condition
	 */
	public Q min(Object value) {
		return with(Operator.MIN, value);
	}

	/**
	 * List objects whose field is less than or equal to a value.
	 * @param value the value
	 * @return the query with that condition
	 */
	public Q max(Object value) {
		return with(Operator.MAX, value);
	}

	/**
	 * List objects whose field is greater than a value, or missing.
	 * @param value the value
	 * @return the query with that condition
	 */
	public Q greaterThan(Object value) {
		return with(Operator.GREATER_THAN, value);
	}

	/**
	 * List objects whose field is less than a value.
	 * @param value the value
	 * @return the query with that condition
	 */
	public Q lessThan(Object value) {
		return with(Operator.LESS_THAN, value);
	}

	/**
	 * List objects whose field has one of several values. Without values, no object
	 * matches.
	 * @param values the values. Lists, objects and text with a comma are not supported.
	 * @return the query with that condition
	 */
	public Q in(@Nullable Object... values) {
		return in(Arrays.asList(values));
	}

	/**
	 * List objects whose field has one of several values.
	 * @param values the values
	 * @return the query with that condition
	 * @see #in(Object...)
	 */
	public Q in(Collection<? extends @Nullable Object> values) {
		return with(Operator.IN, values);
	}

	/**
	 * List objects whose field has none of several values, or is missing. Without values,
	 * all objects match, even in {@code deleteAll}.
	 * @param values the values. Lists, objects and text with a comma are not supported.
	 * @return the query with that condition
	 */
	public Q notIn(@Nullable Object... values) {
		return notIn(Arrays.asList(values));
	}

	/**
	 * List objects whose field has none of several values, or is missing. Without values,
	 * all objects match, even in {@code deleteAll}.
	 * @param values the values
	 * @return the query with that condition
	 * @see #notIn(Object...)
	 */
	public Q notIn(Collection<? extends @Nullable Object> values) {
		return with(Operator.NOT_IN, values);
	}

	/**
	 * List objects whose field matches a text, ignoring case.
	 * @param text a part of the field's text, or a pattern for the whole text with
	 * {@code *} as wildcard
	 * @return the query with that condition
	 */
	public Q like(String text) {
		return with(Operator.LIKE, text);
	}

	/**
	 * List objects that have the field, even if it is null.
	 * @return the query with that condition
	 */
	public Q exists() {
		return exists(true);
	}

	/**
	 * List objects that have the field, even if it is null, or objects without it.
	 * @param exists {@code false} to list objects without the field
	 * @return the query with that condition
	 */
	public Q exists(boolean exists) {
		return with(Operator.EXISTS, exists);
	}

	/**
	 * List objects whose field is a list that contains all values.
	 * @param values the values
	 * @return the query with that condition
	 */
	public Q contains(@Nullable Object... values) {
		return with(Operator.CONTAINS, Arrays.asList(values));
	}

	/**
	 * List objects whose field is a list that contains at least one of the values.
	 * @param values the values
	 * @return the query with that condition
	 */
	public Q containsAny(@Nullable Object... values) {
		return with(Operator.CONTAINS_ANY, Arrays.asList(values));
	}

	private Q with(Operator operator, @Nullable Object value) {
		return with(operator, Collections.singletonList(value));
	}

	private Q with(Operator operator, Collection<? extends @Nullable Object> values) {
		List<@Nullable Object> copy = Collections.unmodifiableList(new ArrayList<>(values));
		return this.query.apply(new KintoFilter.Comparison(this.field, operator, copy));
	}

}
