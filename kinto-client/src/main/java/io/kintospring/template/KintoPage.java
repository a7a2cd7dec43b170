package io.kintospring.template;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kintospring.KintoException;
import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.client.KintoExecutor;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.ListResult;
import io.kintospring.query.KintoQuery;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, which can fetch the next one. Immutable.
 *
 * @param <T> the type of the objects' data
 * @see <a href=
 * "https://docs.kinto-storage.org/en/stable/api/1.x/pagination.html">Kinto's
 * pagination</a>
 */
public final class KintoPage<T> {

	private final KintoExecutor executor;

	private final ListResult<T> result;

	KintoPage(KintoExecutor executor, ListResult<T> result) {
		this.executor = executor;
		this.result = result;
	}

	/**
	 * Return the objects on this page.
	 * @return the objects, in the order of the list
	 */
	@JsonProperty
	public List<KintoObject<T>> data() {
		return this.result.data();
	}

	/**
	 * Return the deleted objects on this page. Kinto lists them only if the query has a
	 * filter on the version.
	 * @return the tombstones, empty if there are none
	 */
	public List<KintoTombstone> tombstones() {
		return this.result.tombstones();
	}

	/**
	 * Return the version of the list when this page was read.
	 * @return the version
	 */
	@JsonProperty
	public KintoTimestamp timestamp() {
		return this.result.timestamp();
	}

	/**
	 * Return whether another page follows.
	 * @return {@code false} for the last page
	 */
	@JsonProperty
	public boolean hasNext() {
		return this.result.next() != null;
	}

	/**
	 * Return a token for the next page, so that your own API can offer pages without
	 * keeping state: pass it to {@link KintoQuery#from(String)} with the same filters,
	 * sort and limit.
	 * @return the token, or {@code null} if this is the last page
	 */
	@JsonProperty
	public @Nullable String nextToken() {
		return this.result.nextToken();
	}

	/**
	 * Return this page with other data, such as the view that your own API offers. The
	 * pages that {@link #next()} returns have data of the same type.
	 * @param <S> the type of the other data
	 * @param view returns the other data of an object
	 * @return the page, with the same ids, versions and permissions
	 */
	public <S> KintoPage<S> map(Function<? super T, ? extends S> view) {
		return new KintoPage<>(this.executor, this.result.map(view));
	}

	/**
	 * Fetch the next page.
	 * @return the next page
	 * @throws NoSuchElementException if this is the last page
	 * @throws KintoException if the request fails
	 */
	public KintoPage<T> next() {
		KintoCall<ListResult<T>> next = this.result.next();
		if (next == null) {
			throw new NoSuchElementException("This is the last page: call hasNext() first");
		}
		return new KintoPage<>(this.executor, this.executor.execute(next));
	}

}
