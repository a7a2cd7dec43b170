package io.kintospring.template;

import java.util.List;
import java.util.Map;

import io.kintospring.KintoBatchOptions;
import io.kintospring.KintoOptions;
import io.kintospring.client.ReactiveKintoExecutor;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.BucketCalls;
import io.kintospring.protocol.KintoCall;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Reactive variant of {@link BucketOperations}.
 */
public interface ReactiveBucketOperations {

	/**
	 * Return the id of the bucket.
	 * @return the id
	 */
	default String id() {
		return calls().id();
	}

	/**
	 * Return a handle for the attributes of the bucket.
	 * @return the handle
	 */
	default ReactiveAttributeOperations attributes() {
		return new ReactiveAttributeOperations.Handle(executor(), calls().attributes());
	}

	/**
	 * Return a handle for the permissions of the bucket.
	 * @return the handle
	 */
	default ReactivePermissionOperations permissions() {
		return new ReactivePermissionOperations.Handle(executor(), calls().permissions());
	}

	/**
	 * Return a handle for the collections of the bucket.
	 * @return the handle
	 */
	default ReactiveContainerOperations collections() {
		return new ReactiveContainerOperations.Handle(executor(), calls().collections());
	}

	/**
	 * Return a handle for a collection whose records are maps.
	 * @param id the id of the collection
	 * @param options options that all operations of the handle inherit
	 * @return the handle
	 * @throws IllegalArgumentException if the id is not valid
	 */
	default ReactiveCollectionOperations<Map<String, Object>> collection(String id,
			KintoOptions.Customizer... options) {
		return new ReactiveCollectionOperations.Handle<>(executor(), calls().collection(id, options));
	}

	/**
	 * Return a handle for a collection whose records are of a class.
	 * @param <T> the type of the records' data
	 * @param id the id of the collection
	 * @param type the type of the records' data
	 * @param options options that all operations of the handle inherit
	 * @return the handle
	 * @throws IllegalArgumentException if the id is not valid
	 */
	default <T> ReactiveCollectionOperations<T> collection(String id, Class<T> type,
			KintoOptions.Customizer... options) {
		return new ReactiveCollectionOperations.Handle<>(executor(), calls().collection(id, type, options));
	}

	/**
	 * Return a handle for a collection whose records are of a generic type.
	 * @param <T> the type of the records' data
	 * @param id the id of the collection
	 * @param type the type of the records' data
	 * @param options options that all operations of the handle inherit
	 * @return the handle
	 * @throws IllegalArgumentException if the id is not valid
	 */
	default <T> ReactiveCollectionOperations<T> collection(String id, ParameterizedTypeReference<T> type,
			KintoOptions.Customizer... options) {
		return new ReactiveCollectionOperations.Handle<>(executor(), calls().collection(id, type, options));
	}

	/**
	 * Return a handle for the groups of the bucket.
	 * @return the handle
	 */
	default ReactiveGroupOperations groups() {
		return new ReactiveGroupOperations.Handle(executor(), calls().groups());
	}

	/**
	 * Return a handle for the history of the bucket.
	 * @return the handle
	 */
	default ReactiveHistoryOperations history() {
		return new ReactiveHistoryOperations.Handle(executor(), calls().history());
	}

	/**
	 * Reactive variant of
	 * {@link BucketOperations#batch(List, KintoBatchOptions.Customizer...)}.
	 */
	default Mono<BatchResult> batch(List<? extends KintoCall<?>> calls, KintoBatchOptions.Customizer... options) {
		return Mono.defer(() -> executor().execute(calls().batch(calls, options)));
	}

	/**
	 * Run a call, such as {@code calls().attributes().get()}. To run a {@code KintoFlow},
	 * {@code KintoSequence} or {@code KintoBatch}, use {@link #executor()}.
	 * @param <R> the type of the result
	 * @param call the call
	 * @return the result
	 */
	default <R> Mono<R> execute(KintoCall<R> call) {
		return executor().execute(call);
	}

	/**
	 * Return the same operations as calls. A call is a value that you can send in a
	 * batch.
	 * @return the calls
	 */
	BucketCalls calls();

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
	record Handle(ReactiveKintoExecutor executor, BucketCalls calls) implements ReactiveBucketOperations {
	}

}
