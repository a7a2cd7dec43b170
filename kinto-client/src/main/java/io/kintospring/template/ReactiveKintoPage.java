package io.kintospring.template;

import java.util.List;
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
import reactor.core.publisher.Mono;

/**
 * One page of a list, which can ask for the next one.
 *
 * @param <T> the type of the objects' data
 * @see <a href=
 * "https://docs.kinto-storage.org/en/stable/api/1.x/pagination.html">Kinto's
 * pagination</a>
 */
public final class ReactiveKintoPage<T> {

	private final KintoClient client;

	private final ListResult<T> result;

	private ReactiveKintoPage(KintoClient client, ListResult<T> result) {
		this.client = client;
		this.result = result;
	}

	static <T> Mono<ReactiveKintoPage<T>> fetch(KintoClient client, KintoCall<ListResult<T>> call) {
		return client.execute(call).map((result) -> new ReactiveKintoPage<>(client, result));
	}

	static <T> Mono<ReactiveKintoPage<T>> fetch(KintoClient client, KintoFlow<ListResult<T>> flow) {
		return client.execute(flow).map((result) -> new ReactiveKintoPage<>(client, result));
	}

	static <T> Mono<ReactiveKintoPage<T>> fetchIfChanged(KintoClient client, KintoCall<Optional<ListResult<T>>> call) {
		return client.execute(call).flatMap(Mono::justOrEmpty).map((result) -> new ReactiveKintoPage<>(client, result));
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
	 * Fetch the page that follows, so that {@code expand(ReactiveKintoPage::next)} gives
	 * all pages.
	 * @return the next page, or empty if this is the last one; fails with a
	 * {@link KintoException} if the server does not give it
	 */
	public Mono<ReactiveKintoPage<T>> next() {
		KintoCall<ListResult<T>> next = this.result.next();
		return (next != null) ? fetch(this.client, next) : Mono.empty();
	}

}
