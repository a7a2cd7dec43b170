package io.kintospring.template;

import java.util.List;

import io.kintospring.KintoHistoryEntry;
import io.kintospring.KintoObject;
import io.kintospring.KintoTombstone;
import io.kintospring.client.ReactiveKintoExecutor;
import io.kintospring.protocol.HistoryCalls;
import io.kintospring.query.KintoQuery;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reactive variant of {@link HistoryOperations}.
 */
public interface ReactiveHistoryOperations {

	/**
	 * Reactive variant of {@link HistoryOperations#list(KintoQuery.Customizer...)}.
	 */
	default Mono<ReactiveKintoPage<KintoHistoryEntry>> list(KintoQuery.Customizer... query) {
		return Mono.defer(() -> executor().execute(calls().list(query)))
			.map((page) -> new ReactiveKintoPage<>(executor(), page));
	}

	/**
	 * Reactive variant of {@link HistoryOperations#stream(KintoQuery.Customizer...)}.
	 */
	default Flux<KintoObject<KintoHistoryEntry>> stream(KintoQuery.Customizer... query) {
		return Flux.defer(() -> executor().stream(calls().stream(query)));
	}

	/**
	 * Reactive variant of {@link HistoryOperations#deleteAll()}.
	 */
	default Mono<List<KintoTombstone>> deleteAll() {
		return Mono.defer(() -> executor().execute(calls().deleteAll()));
	}

	/**
	 * Reactive variant of
	 * {@link HistoryOperations#deleteAll(KintoQuery.Customizer, KintoQuery.Customizer...)}.
	 */
	default Mono<List<KintoTombstone>> deleteAll(KintoQuery.Customizer query, KintoQuery.Customizer... more) {
		return Mono.defer(() -> executor().execute(calls().deleteAll(query, more)));
	}

	/**
	 * Return the same operations as calls.
	 * @return the calls
	 */
	HistoryCalls calls();

	/**
	 * Return the executor that runs the calls of this handle.
	 * @return the executor
	 */
	ReactiveKintoExecutor executor();

	/**
	 * Default implementation that runs the calls on an executor.
	 *
	 * @param executor runs the calls
	 * @param calls the calls
	 */
	record Handle(ReactiveKintoExecutor executor, HistoryCalls calls) implements ReactiveHistoryOperations {
	}

}
