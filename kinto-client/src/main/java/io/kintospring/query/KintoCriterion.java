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
 * A field that a query is about to set a condition on. Values are written as Jackson
 * writes them, so that text stays text whatever it looks like.
 *
 * @param <Q> the type of the query
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
	 * @param value the value; {@code null} for those whose field is there, and is null
	 * @return the query with that condition
	 */
	public Q is(@Nullable Object value) {
		return with(Operator.IS, value);
	}

	/**
	 * List objects whose field does not have a value, or is missing.
	 * @param value the value
	 * @return the query with that condition
	 */
	public Q not(@Nullable Object value) {
		return with(Operator.NOT, value);
	}

	/**
	 * List objects whose field has a value or a greater one, or is missing.
	 * @param value the value
	 * @return the query with that condition
	 */
	public Q min(Object value) {
		return with(Operator.MIN, value);
	}

	/**
	 * List objects whose field has a value or a less one.
	 * @param value the value
	 * @return the query with that condition
	 */
	public Q max(Object value) {
		return with(Operator.MAX, value);
	}

	/**
	 * List objects whose field has a value greater than this one, or is missing.
	 * @param value the value
	 * @return the query with that condition
	 */
	public Q greaterThan(Object value) {
		return with(Operator.GREATER_THAN, value);
	}

	/**
	 * List objects whose field has a value less than this one.
	 * @param value the value
	 * @return the query with that condition
	 */
	public Q lessThan(Object value) {
		return with(Operator.LESS_THAN, value);
	}

	/**
	 * List objects whose field has one of some values.
	 * @param values the values, neither lists nor objects, and no text with a comma in
	 * it, as Kinto cannot express those; none lists nothing
	 * @return the query with that condition
	 */
	public Q in(@Nullable Object... values) {
		return in(Arrays.asList(values));
	}

	/**
	 * List objects whose field has one of some values.
	 * @param values the values
	 * @return the query with that condition
	 * @see #in(Object...)
	 */
	public Q in(Collection<? extends @Nullable Object> values) {
		return with(Operator.IN, values);
	}

	/**
	 * List objects whose field has none of some values, or is missing. No values exclude
	 * nothing: all objects match, also those that a deletion is to delete.
	 * @param values the values, neither lists nor objects, and no text with a comma in
	 * it, as Kinto cannot express those
	 * @return the query with that condition
	 */
	public Q notIn(@Nullable Object... values) {
		return notIn(Arrays.asList(values));
	}

	/**
	 * List objects whose field has none of some values, or is missing. No values exclude
	 * nothing: all objects match, also those that a deletion is to delete.
	 * @param values the values
	 * @return the query with that condition
	 * @see #notIn(Object...)
	 */
	public Q notIn(Collection<? extends @Nullable Object> values) {
		return with(Operator.NOT_IN, values);
	}

	/**
	 * List objects whose field has text like this, in upper or lower case.
	 * @param text a part of the text, or with {@code *} for any part the whole of it
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
	 * List objects that have the field, even if it is null, or those that have not.
	 * @param exists whether they have it
	 * @return the query with that condition
	 */
	public Q exists(boolean exists) {
		return with(Operator.EXISTS, exists);
	}

	/**
	 * List objects whose field is a list that has all of some values.
	 * @param values the values
	 * @return the query with that condition
	 */
	public Q contains(@Nullable Object... values) {
		return with(Operator.CONTAINS, Arrays.asList(values));
	}

	/**
	 * List objects whose field is a list that has one of some values.
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
