package io.kintospring.template;

import java.time.Duration;
import java.util.List;

import io.kintospring.KintoBatchOptions;
import io.kintospring.KintoChangeOptions;
import io.kintospring.KintoChanges;
import io.kintospring.KintoCheckpoint;
import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.client.ReactiveKintoExecutor;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.CollectionCalls;
import io.kintospring.protocol.KintoCall;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reactive variant of {@link CollectionOperations}.
 *
 * @param <T> the type of the records' data
 */
public interface ReactiveCollectionOperations<T> extends ReactiveObjectOperations<T> {

	/**
	 * Return the id of the collection.
	 * @return the id
	 */
	default String id() {
		return calls().id();
	}

	/**
	 * Return a handle for the attributes of the collection, such as its {@code schema}.
	 * @return the handle
	 */
	default ReactiveAttributeOperations attributes() {
		return new ReactiveAttributeOperations.Handle(executor(), calls().attributes());
	}

	/**
	 * Return a handle for the permissions of the collection.
	 * @return the handle
	 */
	default ReactivePermissionOperations permissions() {
		return new ReactivePermissionOperations.Handle(executor(), calls().permissions());
	}

	/**
	 * Return a handle for the files that are attached to records.
	 * @return the handle
	 */
	default ReactiveAttachmentOperations<T> attachments() {
		return new ReactiveAttachmentOperations.Handle<>(executor(), calls().attachments());
	}

	/**
	 * Reactive variant of
	 * {@link CollectionOperations#changes(KintoCheckpoint, KintoChangeOptions.Customizer...)}.
	 */
	default Mono<KintoChanges<T>> changes(@Nullable KintoCheckpoint checkpoint,
			KintoChangeOptions.Customizer... options) {
		return Mono.defer(() -> executor().execute(calls().changes(checkpoint, options)));
	}

	/**
	 * Reactive variant of
	 * {@link CollectionOperations#watch(KintoCheckpoint, Duration, KintoChangeOptions.Customizer...)}.
	 * @return the changes; cancel the subscription to stop polling
	 */
	default Flux<KintoChanges<T>> watch(@Nullable KintoCheckpoint checkpoint, Duration interval,
			KintoChangeOptions.Customizer... options) {
		return Flux.defer(() -> executor().stream(calls().watch(checkpoint, interval, options)));
	}

	/**
	 * Reactive variant of {@link CollectionOperations#snapshot(KintoTimestamp)}.
	 */
	default Mono<List<KintoObject<T>>> snapshot(KintoTimestamp version) {
		return Mono.defer(() -> execute(calls().snapshot(version)));
	}

	/**
	 * Reactive variant of
	 * {@link CollectionOperations#batch(List, KintoBatchOptions.Customizer...)}.
	 */
	default Mono<BatchResult> batch(List<? extends KintoCall<?>> calls, KintoBatchOptions.Customizer... options) {
		return Mono.defer(() -> executor().execute(calls().batch(calls, options)));
	}

	@Override
	CollectionCalls<T> calls();

	/**
	 * Default implementation that runs the calls on an executor.
	 *
	 * @param <T> the type of the records' data
	 * @param executor runs the calls
	 * @param calls the calls
	 */
	record Handle<T>(ReactiveKintoExecutor executor,
			CollectionCalls<T> calls) implements ReactiveCollectionOperations<T> {
	}

}
