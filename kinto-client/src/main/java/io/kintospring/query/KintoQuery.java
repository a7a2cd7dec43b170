package io.kintospring.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

import io.kintospring.KintoOptions;
import io.kintospring.KintoTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * What to list, in which order, how much of it and how many at a time. Immutable: each
 * method returns a new value.
 *
 * @param options what is common to all operations
 * @param sort the fields to sort by, the first one first; empty for the server's order,
 * the latest change first
 * @param limit the most objects in a page, or {@code null} for the server's own
 * @param pages the most pages to read, or {@code null} for all; where one page is asked
 * for, it must not be set
 * @param fields the fields to read, or empty for all
 * @param filters what the objects must be like
 * @param token the token of the page to start after, or {@code null} to start at the
 * first page
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/filtering.html">Kinto's
 * filters</a>
 */
public record KintoQuery(KintoOptions options, List<KintoOrder> sort, @Nullable Integer limit, @Nullable Integer pages,
		List<KintoField> fields, List<KintoFilter> filters, @Nullable String token) {

	private static final KintoQuery ALL = new KintoQuery(KintoOptions.of(), List.of(), null, null, List.of(), List.of(),
			null);

	/**
	 * Create a query.
	 * @param customizers add to the query, in this order
	 * @return the query; all objects, the latest change first, without customizers
	 */
	public static KintoQuery of(Customizer... customizers) {
		KintoQuery query = ALL;
		for (Customizer customizer : customizers) {
			query = customizer.apply(query);
		}
		return query;
	}

	/**
	 * Set a condition on a field.
	 * @param field the name of the field in JSON, with dots before nested fields
	 * @return what the condition can be
	 * @throws IllegalArgumentException if the name is blank
	 */
	public KintoCriterion<KintoQuery> where(String field) {
		return new KintoCriterion<>(this::with, KintoField.of(field));
	}

	/**
	 * Set a condition on a field, named by the property that it is bound to.
	 * @param <T> the type of the data
	 * @param property a reference to a method, such as {@code Post::author}
	 * @return what the condition can be
	 * @throws IllegalArgumentException if it is no reference to a method
	 */
	public <T> KintoCriterion<KintoQuery> where(PropertyReference<T> property) {
		return new KintoCriterion<>(this::with, KintoField.of(property));
	}

	/**
	 * List what was changed after a version, and what was deleted after it.
	 * @param timestamp the version of an object, or of a list
	 * @return this query with that condition
	 */
	public KintoQuery since(KintoTimestamp timestamp) {
		return with(new KintoFilter.Since(timestamp));
	}

	/**
	 * List what was not changed since a version, and what was deleted before it.
	 * @param timestamp the version of an object, or of a list
	 * @return this query with that condition
	 */
	public KintoQuery before(KintoTimestamp timestamp) {
		return with(new KintoFilter.Before(timestamp));
	}

	/**
	 * List only what matches a filter, given as Kinto reads it in a query. The name is a
	 * field, with an operator before it unless it is equality. The value is JSON, so that
	 * {@code 123} and {@code true} are not text: put double quotes around text that looks
	 * like another JSON value. Both are encoded for the URL.
	 * @param name such as {@code author}, {@code eq_author} or {@code min_stars}
	 * @param value such as {@code x}, {@code "123"} or {@code 5}
	 * @return this query with that filter
	 * @throws IllegalArgumentException if the name is blank
	 * @see #where(String)
	 */
	public KintoQuery filter(String name, String value) {
		if (name.isBlank()) {
			throw new IllegalArgumentException("A filter needs the name of a field");
		}
		return with(new KintoFilter.Raw(name, value));
	}

	private KintoQuery with(KintoFilter filter) {
		List<KintoFilter> copy = new ArrayList<>(this.filters);
		copy.add(filter);
		return new KintoQuery(this.options, this.sort, this.limit, this.pages, this.fields, List.copyOf(copy),
				this.token);
	}

	/**
	 * Sort by fields, the first one first.
	 * @param fields such as {@code title} or, descending, {@code -last_modified}; nested
	 * ones with dots
	 * @return this query with that order
	 * @throws IllegalArgumentException if a field is blank or has a comma in it
	 * @see <a href=
	 * "https://docs.kinto-storage.org/en/stable/api/1.x/sorting.html">Kinto's sorting</a>
	 */
	public KintoQuery sort(String... fields) {
		return sort(Arrays.stream(fields).map(KintoQuery::order).toList());
	}

	private static KintoOrder order(String field) {
		boolean descending = field.startsWith("-");
		String name = descending ? field.substring(1) : field;
		if (name.isBlank() || name.contains(",")) {
			throw new IllegalArgumentException("Cannot sort by '" + field
					+ "': expected is the name of one field, with - before it for the descending order");
		}
		return descending ? KintoOrder.desc(name) : KintoOrder.asc(name);
	}

	/**
	 * Sort by fields in ascending order, the first one first, each named by the property
	 * that it is bound to.
	 * @param <T> the type of the data
	 * @param property a reference to a method, such as {@code Post::author}
	 * @param more the properties to sort by where that one is the same
	 * @return this query with that order
	 * @throws IllegalArgumentException if one is no reference to a method
	 * @see #sort(KintoOrder, KintoOrder...)
	 */
	@SafeVarargs
	public final <T> KintoQuery sort(PropertyReference<T> property, PropertyReference<T>... more) {
		List<KintoOrder> orders = new ArrayList<>(List.of(KintoOrder.asc(property)));
		for (PropertyReference<T> another : more) {
			orders.add(KintoOrder.asc(another));
		}
		return sort(orders);
	}

	/**
	 * Sort by fields, the first one first, such as
	 * {@code sort(KintoOrder.desc(Post::published), KintoOrder.asc(Post::title))}.
	 * @param order the field to sort by, and the direction
	 * @param more what to sort by where that one is the same
	 * @return this query with that order
	 */
	public KintoQuery sort(KintoOrder order, KintoOrder... more) {
		List<KintoOrder> orders = new ArrayList<>(List.of(order));
		orders.addAll(Arrays.asList(more));
		return sort(orders);
	}

	private KintoQuery sort(List<KintoOrder> orders) {
		return new KintoQuery(this.options, List.copyOf(orders), this.limit, this.pages, this.fields, this.filters,
				this.token);
	}

	/**
	 * Ask for at most this many objects in a page. The server may give fewer, as it has a
	 * limit of its own.
	 * @param limit at least 1
	 * @return this query with that limit
	 * @throws IllegalArgumentException if the limit is less than 1
	 * @see <a href=
	 * "https://docs.kinto-storage.org/en/stable/api/1.x/pagination.html">Kinto's
	 * pagination</a>
	 */
	public KintoQuery limit(int limit) {
		if (limit < 1) {
			throw new IllegalArgumentException("The limit is " + limit + " and must be at least 1");
		}
		return new KintoQuery(this.options, this.sort, limit, this.pages, this.fields, this.filters, this.token);
	}

	/**
	 * Read at most this many pages, where several are read.
	 * @param pages at least 1
	 * @return this query with that limit
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	public KintoQuery pages(int pages) {
		if (pages < 1) {
			throw new IllegalArgumentException("The number of pages is " + pages + " and must be at least 1");
		}
		return new KintoQuery(this.options, this.sort, this.limit, pages, this.fields, this.filters, this.token);
	}

	/**
	 * Continue a list after a page that was read before, such as in an earlier request of
	 * your own API. Filters, sort and limit must be those of that page.
	 * @param token the token of that page, which Kinto makes of the last object on it
	 * @return this query with that start
	 * @throws IllegalArgumentException if the token is blank
	 * @see <a href=
	 * "https://docs.kinto-storage.org/en/stable/api/1.x/pagination.html">Kinto's
	 * pagination</a>
	 */
	public KintoQuery from(String token) {
		if (token.isBlank()) {
			throw new IllegalArgumentException("The token is blank; to read the first page, do not call from(…)");
		}
		return new KintoQuery(this.options, this.sort, this.limit, this.pages, this.fields, this.filters, token);
	}

	/**
	 * Read only some fields of each object; the id and the version always come, too.
	 * @param fields the names of the fields in JSON, with dots before nested ones
	 * @return this query with those fields
	 * @throws IllegalArgumentException if a field is blank or has a comma in it
	 * @see <a href=
	 * "https://docs.kinto-storage.org/en/stable/api/1.x/selecting_fields.html">Kinto's
	 * field selection</a>
	 */
	public KintoQuery fields(String... fields) {
		for (String field : fields) {
			if (field.isBlank() || field.contains(",")) {
				throw new IllegalArgumentException("Cannot read '" + field + "': expected is the name of one field");
			}
		}
		return fields(Arrays.stream(fields).map(KintoField::of).toList());
	}

	/**
	 * Read only some fields of each object, each named by the property that it is bound
	 * to; the id and the version always come, too.
	 * @param <T> the type of the data
	 * @param property a reference to a method, such as {@code Post::author}
	 * @param more the properties to read beside that
	 * @return this query with those fields
	 * @throws IllegalArgumentException if one is no reference to a method
	 * @see #fields(String...)
	 */
	@SafeVarargs
	public final <T> KintoQuery fields(PropertyReference<T> property, PropertyReference<T>... more) {
		List<KintoField> selected = new ArrayList<>(List.of(KintoField.of(property)));
		for (PropertyReference<T> another : more) {
			selected.add(KintoField.of(another));
		}
		return fields(selected);
	}

	private KintoQuery fields(List<KintoField> fields) {
		return new KintoQuery(this.options, this.sort, this.limit, this.pages, List.copyOf(fields), this.filters,
				this.token);
	}

	/**
	 * Send a header with the request, and with those for the pages that follow.
	 * @param name the name, which is not case-sensitive
	 * @param value the value, which replaces an earlier one
	 * @return this query with that header
	 * @throws IllegalArgumentException if HTTP does not allow the name or the value
	 */
	public KintoQuery header(String name, String value) {
		return new KintoQuery(this.options.header(name, value), this.sort, this.limit, this.pages, this.fields,
				this.filters, this.token);
	}

	/**
	 * Function that adds to a query, such as
	 * {@code (query) -> query.where("author").is("ann")}.
	 */
	@FunctionalInterface
	public interface Customizer extends UnaryOperator<KintoQuery> {

	}

}
