package io.kintospring.protocol;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import io.kintospring.KintoObject;
import io.kintospring.query.KintoCriterion;
import io.kintospring.query.KintoQuery;
import org.jspecify.annotations.Nullable;

/**
 * Range of keys of a sorted list. Filters on the key select it, so each object is in
 * exactly one range, even if others are created or deleted.
 *
 * @param <K> the type of the key
 * @param <T> the type of the objects' data
 * @param key the key
 * @param query the sorted query of the list
 * @param pages creates the call for the first page of a query
 * @param from the key before this range, or {@code null} for the beginning of the list
 * @param to the last key of this range, or {@code null} for the end of the list
 * @param end the last possible key of the list, or {@code null} if unknown
 * @param next the call that reads this range if no filter can select it, otherwise
 * {@code null}
 */
record KeyRange<K extends Comparable<K>, T>(RangeKey<K> key, KintoQuery query,
		Function<KintoQuery, KintoCall<ListResult<T>>> pages, @Nullable K from, @Nullable K to, @Nullable K end,
		@Nullable KintoCall<ListResult<T>> next) implements ListRange<KintoObject<T>> {

	static <K extends Comparable<K>, T> KeyRange<K, T> all(RangeKey<K> key, KintoQuery query,
			Function<KintoQuery, KintoCall<ListResult<T>>> pages) {
		return new KeyRange<>(key, query, pages, null, null, null, null);
	}

	/**
	 * Add the filters of a range to a query.
	 */
	static KintoQuery limit(KintoQuery query, String field, boolean descending, @Nullable Object from,
			@Nullable Object to) {
		KintoQuery limited = query;
		if (from != null) {
			KintoCriterion<KintoQuery> where = limited.where(field);
			limited = descending ? where.lessThan(from) : where.greaterThan(from);
		}
		if (to != null) {
			KintoCriterion<KintoQuery> where = limited.where(field);
			limited = descending ? where.min(to) : where.max(to);
		}
		return limited;
	}

	@Override
	public KintoCall<Page<KintoObject<T>>> call() {
		K upTo = (this.to != null && this.key.isFilter(this.to)) ? this.to : null;
		KintoCall<ListResult<T>> call = (this.next != null) ? this.next
				: this.pages.apply(limit(this.query, this.key.field(), this.key.descending(), this.from, upTo));
		return call.reading("a range of a list", this::page);
	}

	private Page<KintoObject<T>> page(ListResult<T> page) {
		int size = page.data().size() + page.tombstones().size();
		K last = keys(page).max(this.key).orElse(null);
		K listEnd = (this.from != null) ? this.end : this.key.end(page.timestamp());
		if (last == null || page.next() == null || (listEnd != null && this.key.compare(last, listEnd) >= 0)) {
			return new Page<>(upTo(listEnd, page.data()), size, 0, null);
		}
		if (this.from != null && this.key.compare(last, this.from) <= 0) {
			throw new IllegalArgumentException("the page is not after '" + this.from
					+ "', so the list would never end: check that no proxy removes filters from the URL");
		}
		K start = (this.from != null) ? this.from : keys(page).min(this.key).orElse(last);
		KeyRange<K, T> rest = new KeyRange<>(this.key, this.query, this.pages, last,
				(this.from != null) ? this.to : listEnd, listEnd, this.key.isFilter(last) ? null : page.next());
		return new Page<>(page.data(), size, this.key.number(last) - this.key.number(start), rest);
	}

	/**
	 * Omit objects that moved past the end of the list because they changed while it was
	 * read. They may have been read before.
	 */
	private List<KintoObject<T>> upTo(@Nullable K listEnd, List<KintoObject<T>> objects) {
		return (listEnd == null) ? objects : objects.stream()
			.filter((object) -> this.key.compare(this.key.key(object.id(), object.lastModified()), listEnd) <= 0)
			.toList();
	}

	private Stream<K> keys(ListResult<T> page) {
		return Stream.concat(page.data().stream().map((object) -> this.key.key(object.id(), object.lastModified())),
				page.tombstones().stream().map((object) -> this.key.key(object.id(), object.lastModified())));
	}

	@Override
	public double width() {
		return (this.from != null && this.to != null) ? this.key.number(this.to) - this.key.number(this.from)
				: Double.POSITIVE_INFINITY;
	}

	@Override
	public ListRange<KintoObject<T>> beginning(double width) {
		if (this.from == null || this.next != null) {
			return this;
		}
		K middle = this.key.at(this.key.number(this.from) + Math.max(1, width));
		boolean divides = middle != null && this.key.isFilter(middle) && this.key.compare(this.from, middle) < 0
				&& (this.to == null || this.key.compare(middle, this.to) < 0);
		return divides ? filtered(this.from, middle) : this;
	}

	@Override
	public @Nullable ListRange<KintoObject<T>> following() {
		return (this.to != null && !this.to.equals(this.end)) ? filtered(this.to, this.end) : null;
	}

	@Override
	public @Nullable ListRange<KintoObject<T>> toEnd() {
		return (this.next == null) ? filtered(this.from, this.end) : null;
	}

	private KeyRange<K, T> filtered(@Nullable K after, @Nullable K upTo) {
		return new KeyRange<>(this.key, this.query, this.pages, after, upTo, this.end, null);
	}

}
