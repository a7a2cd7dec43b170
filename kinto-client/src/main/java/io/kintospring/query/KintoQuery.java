package io.kintospring.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

import io.kintospring.KintoOptions;
import io.kintospring.KintoRetry;
import io.kintospring.KintoTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Immutable query of a list: filters, order, fields and pages. Each method returns a new
 * query.
 *
 * @param options the options that are common to all operations
 * @param sort the fields to sort by, in order; empty for the latest change first
 * @param limit the maximum number of objects in a page, or {@code null} for the limit of
 * the server
 * @param pages the maximum number of pages to read, or {@code null} for the default of
 * the operation
 * @param fields the fields to read, or empty for all
 * @param filters the conditions that objects must match
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
	 * @param customizers add to the query, in order. Without them, the query lists all
	 * objects, the latest change first.
	 * @return the query
	 */
	public static KintoQuery of(Customizer... customizers) {
		KintoQuery result = ALL;
		for (Customizer customizer : customizers) {
			result = customizer.apply(result);
		}
		return result;
	}

	/**
	 * Start a condition on a field.
	 * @param field the name of the field in JSON, such as {@code author} or
	 * {@code author.name}
	 * @return the field, to add the condition
	 * @throws IllegalArgumentException if the name is blank
	 */
	public KintoCriterion<KintoQuery> where(String field) {
		return new KintoCriterion<>(this::with, KintoField.of(field));
	}

	/**
	 * Start a condition on the field of a property.
	 * @param <T> the type of the data
	 * @param property a method reference such as {@code Post::author}
	 * @return the field, to add the condition
	 * @throws IllegalArgumentException if it is not a method reference
	 */
	public <T> KintoCriterion<KintoQuery> where(PropertyReference<T> property) {
		return new KintoCriterion<>(this::with, KintoField.of(property));
	}

	/**
	 * List objects that were changed or deleted after a version. Pages then also contain
	 * the tombstones of deleted objects.
	 * @param timestamp the version of an object, or of a list
	 * @return this query with that condition
	 */
	public KintoQuery since(KintoTimestamp timestamp) {
		return with(new KintoFilter.Since(timestamp));
	}

	/**
	 * List objects that were last changed or deleted before a version. Pages then also
	 * contain the tombstones of deleted objects.
	 * @param timestamp the version of an object, or of a list
	 * @return this query with that condition
	 */
	public KintoQuery before(KintoTimestamp timestamp) {
		return with(new KintoFilter.Before(timestamp));
	}

	/**
	 * Add a filter in Kinto's own syntax. Name and value are encoded for the URL. Kinto
	 * reads the value as JSON if possible: put double quotes around text that looks like
	 * another JSON value.
	 * @param name the operator and the field, such as {@code author}, {@code eq_author}
	 * or {@code min_stars}
	 * @param value the value, such as {@code x}, {@code "123"} or {@code 5}
	 * @return this query with that filter
	 * @throws IllegalArgumentException if the name is blank
	 * @see #where(String)
	 */
	public KintoQuery filter(String name, String value) {
		if (name.isBlank()) {
			throw new IllegalArgumentException("The name of a filter must not be blank");
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
	 * Sort by fields. The default order is the latest change first.
	 * @param fields the names of fields in JSON, with {@code -} before the name for
	 * descending order, such as {@code -last_modified} or {@code author.name}
	 * @return this query with that order
	 * @throws IllegalArgumentException if a field is blank or contains a comma
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
					+ "': it must be the name of one field, with - before it for the descending order");
		}
		return descending ? KintoOrder.desc(name) : KintoOrder.asc(name);
	}

	/**
	 * Sort by the fields of properties, in ascending order.
	 * @param <T> the type of the data
	 * @param property a method reference such as {@code Post::author}
	 * @param more further properties, to sort objects with equal values
	 * @return this query with that order
	 * @throws IllegalArgumentException if a property is not a method reference
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
	 * Sort by fields, such as
	 * {@code sort(KintoOrder.desc(Post::published), KintoOrder.asc(Post::title))}.
	 * @param order the field to sort by, and the direction
	 * @param more further fields, to sort objects with equal values
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
	 * Set the maximum number of objects in a page. The server may have a lower limit.
	 * @param limit the number of objects, at least 1
	 * @return this query with that limit
	 * @throws IllegalArgumentException if the limit is less than 1
	 * @see <a href=
	 * "https://docs.kinto-storage.org/en/stable/api/1.x/pagination.html">Kinto's
	 * pagination</a>
	 */
	public KintoQuery limit(int limit) {
		if (limit < 1) {
			throw new IllegalArgumentException("limit must be at least 1, but was " + limit);
		}
		return new KintoQuery(this.options, this.sort, limit, this.pages, this.fields, this.filters, this.token);
	}

	/**
	 * Set the maximum number of pages to read. Operations that read exactly one page do
	 * not support it.
	 * @param pages the number of pages, at least 1
	 * @return this query with that limit
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	public KintoQuery pages(int pages) {
		if (pages < 1) {
			throw new IllegalArgumentException("pages must be at least 1, but was " + pages);
		}
		return new KintoQuery(this.options, this.sort, this.limit, pages, this.fields, this.filters, this.token);
	}

	/**
	 * Continue a list after a page that was read earlier. Filters, order and limit must
	 * be the same as for that page.
	 * @param token the token of that page, which is {@code KintoPage.nextToken()}, or
	 * {@code null} to start with the first page
	 * @return this query with that start
	 * @throws IllegalArgumentException if the token is blank
	 * @see <a href=
	 * "https://docs.kinto-storage.org/en/stable/api/1.x/pagination.html">Kinto's
	 * pagination</a>
	 */
	public KintoQuery from(@Nullable String token) {
		if (token != null && token.isBlank()) {
			throw new IllegalArgumentException("The token must not be blank: use null to start with the first page");
		}
		return new KintoQuery(this.options, this.sort, this.limit, this.pages, this.fields, this.filters, token);
	}

	/**
	 * Read only some fields of each object. The id and the version are always included.
	 * @param fields the names of the fields in JSON, such as {@code author} or
	 * {@code author.name}
	 * @return this query with those fields
	 * @throws IllegalArgumentException if a field is blank or contains a comma
	 * @see <a href=
	 * "https://docs.kinto-storage.org/en/stable/api/1.x/selecting_fields.html">Kinto's
	 * field selection</a>
	 */
	public KintoQuery fields(String... fields) {
		for (String field : fields) {
			if (field.isBlank() || field.contains(",")) {
				throw new IllegalArgumentException("Cannot read '" + field + "': it must be the name of one field");
			}
		}
		return fields(Arrays.stream(fields).map(KintoField::of).toList());
	}

	/**
	 * Read only the fields of some properties. The id and the version are always
	 * included.
	 * @param <T> the type of the data
	 * @param property a method reference such as {@code Post::author}
	 * @param more further properties
	 * @return this query with those fields
	 * @throws IllegalArgumentException if a property is not a method reference
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
	 * Set the retry settings of the requests for the pages, which override those of the
	 * handle.
	 * @param retry the settings, or {@link KintoRetry#none()} to send each once
	 * @return this query with these settings
	 */
	public KintoQuery retry(KintoRetry retry) {
		return new KintoQuery(this.options.retry(retry), this.sort, this.limit, this.pages, this.fields, this.filters,
				this.token);
	}

	/**
	 * Send a header with the request, and with the requests for the following pages.
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
