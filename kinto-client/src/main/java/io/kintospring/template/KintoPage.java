package io.kintospring.template;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kintospring.KintoException;
import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.client.KintoClient;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoFlow;
import io.kintospring.protocol.ListResult;

/**
 * One page of a list, which can ask for the next one.
 *
 * @param <T> the type of the objects' data
 * @see <a href=
 * "https://docs.kinto-storage.org/en/stable/api/1.x/pagination.html">Kinto's
 * pagination</a>
 */
public final class KintoPage<T> {

	private final KintoClient client;

	private final ListResult<T> result;

	private KintoPage(KintoClient client, ListResult<T> result) {
		this.client = client;
		this.result = result;
	}

	static <T> KintoPage<T> fetch(KintoClient client, KintoCall<ListResult<T>> call) {
		return new KintoPage<>(client, client.await(call));
	}

	static <T> KintoPage<T> fetch(KintoClient client, KintoFlow<ListResult<T>> flow) {
		return new KintoPage<>(client, client.await(flow));
	}

	static <T> Optional<KintoPage<T>> fetchIfChanged(KintoClient client, KintoCall<Optional<ListResult<T>>> call) {
		return client.await(call).map((result) -> new KintoPage<>(client, result));
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
	 * Return the deleted objects on this page, which Kinto lists where a filter is on the
	 * version.
	 * @return the tombstones, empty if there are none
	 */
	public List<KintoTombstone> tombstones() {
		return this.result.tombstones();
	}

	/**
	 * Return the version of the list at the moment of this page.
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
	 * Fetch the page that follows.
	 * @return the next page
	 * @throws NoSuchElementException if this is the last one
	 * @throws KintoException if the server does not give it
	 */
	public KintoPage<T> next() {
		KintoCall<ListResult<T>> next = this.result.next();
		if (next == null) {
			throw new NoSuchElementException("This is the last page: ask hasNext() first");
		}
		return fetch(this.client, next);
	}

}
