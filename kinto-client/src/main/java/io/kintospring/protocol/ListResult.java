package io.kintospring.protocol;

import java.util.Collections;
import java.util.List;
import java.util.function.Function;

import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.query.KintoQuery;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, and the call for the next page. Immutable.
 *
 * @param <T> the type of the objects' data
 * @param data the objects
 * @param tombstones the deleted objects, which Kinto only returns if a filter is on the
 * version
 * @param timestamp the version of the list when this page was read, from the {@code ETag}
 * header
 * @param next reads the next page, from the {@code Next-Page} header, or {@code null} if
 * this is the last page
 * @see <a href="https://docs.kinto-storage.org/en/stable/api/1.x/pagination.html">Kinto's
 * pagination</a>
 */
public record ListResult<T>(List<KintoObject<T>> data, List<KintoTombstone> tombstones, KintoTimestamp timestamp,
		@Nullable KintoCall<ListResult<T>> next) {

	/**
	 * Create a page.
	 */
	public ListResult {
		data = Collections.unmodifiableList(data);
		tombstones = Collections.unmodifiableList(tombstones);
	}

	/**
	 * Join consecutive pages.
	 */
	static <T> ListResult<T> join(List<ListResult<T>> pages) {
		return (pages.size() == 1) ? pages.get(0)
				: new ListResult<>(pages.stream().flatMap((page) -> page.data.stream()).toList(),
						pages.stream().flatMap((page) -> page.tombstones.stream()).toList(), pages.get(0).timestamp,
						pages.get(pages.size() - 1).next);
	}

	/**
	 * Return this page with other data, such as the view that your own API offers. The
	 * pages that follow have it, too.
	 * @param <S> the type of the other data
	 * @param view returns the other data of an object
	 * @return the page, with the same ids, versions and permissions
	 */
	public <S> ListResult<S> map(Function<? super T, ? extends S> view) {
		return new ListResult<>(this.data.stream().map((object) -> object.<S>map(view)).toList(), this.tombstones,
				this.timestamp, (this.next != null) ? this.next.map((page) -> page.map(view)) : null);
	}

	/**
	 * Return the token from which a query continues after this page.
	 * @return the token, or {@code null} if this is the last page
	 * @see KintoQuery#from(String)
	 */
	public @Nullable String nextToken() {
		return (this.next != null) ? PageRequest.token(this.next.request()) : null;
	}

}
