package io.kintospring.template;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.kintospring.KintoCreation;
import io.kintospring.KintoObject;
import io.kintospring.KintoPatch;
import io.kintospring.KintoReadOptions;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.KintoWriteOptions;
import io.kintospring.client.ReactiveKintoExecutor;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.ObjectCalls;
import io.kintospring.query.KintoQuery;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reactive variant of {@link ObjectOperations}. Each operation has the same name and
 * parameters, and returns a {@link Mono} or {@link Flux} of the result; an empty
 * {@code Optional} becomes an empty {@code Mono}.
 * <p>
 * Nothing is sent before you subscribe, and each subscription sends its own requests.
 * Publishers fail with the exceptions of the blocking variant.
 *
 * @param <T> the type of the objects' data
 */
public interface ReactiveObjectOperations<T> {

	/**
	 * Reactive variant of
	 * {@link ObjectOperations#create(Object, KintoWriteOptions.Customizer...)}.
	 */
	default Mono<KintoObject<T>> create(T data, KintoWriteOptions.Customizer... options) {
		return Mono.defer(() -> execute(calls().create(data, options)));
	}

	/**
	 * Reactive variant of
	 * {@link ObjectOperations#create(String, Object, KintoWriteOptions.Customizer...)}.
	 */
	default Mono<KintoObject<T>> create(String id, T data, KintoWriteOptions.Customizer... options) {
		return Mono.defer(() -> execute(calls().create(id, data, options)));
	}

	/**
	 * Reactive variant of
	 * {@link ObjectOperations#createIfAbsent(String, Object, KintoWriteOptions.Customizer...)}.
	 */
	default Mono<KintoCreation<T>> createIfAbsent(String id, T data, KintoWriteOptions.Customizer... options) {
		return Mono.defer(() -> execute(calls().createIfAbsent(id, data, options)));
	}

	/**
	 * Reactive variant of
	 * {@link ObjectOperations#get(String, KintoReadOptions.Customizer...)}.
	 */
	default Mono<KintoObject<T>> get(String id, KintoReadOptions.Customizer... options) {
		return Mono.defer(() -> execute(calls().get(id, options)));
	}

	/**
	 * Reactive variant of
	 * {@link ObjectOperations#find(String, KintoReadOptions.Customizer...)}.
	 * @return the object, or empty if it does not exist
	 */
	default Mono<KintoObject<T>> find(String id, KintoReadOptions.Customizer... options) {
		return Mono.defer(() -> execute(calls().find(id, options))).flatMap(Mono::justOrEmpty);
	}

	/**
	 * Reactive variant of
	 * {@link ObjectOperations#getIfChanged(String, KintoTimestamp, KintoReadOptions.Customizer...)}.
	 * @return the object, or empty if it still has this version
	 */
	default Mono<KintoObject<T>> getIfChanged(String id, @Nullable KintoTimestamp known,
			KintoReadOptions.Customizer... options) {
		return Mono.defer(() -> execute(calls().getIfChanged(id, known, options))).flatMap(Mono::justOrEmpty);
	}

	/**
	 * Reactive variant of
	 * {@link ObjectOperations#update(KintoObject, KintoWriteOptions.Customizer...)}.
	 */
	default Mono<KintoObject<T>> update(KintoObject<? extends T> object, KintoWriteOptions.Customizer... options) {
		return Mono.defer(() -> execute(calls().update(object, options)));
	}

	/**
	 * Reactive variant of
	 * {@link ObjectOperations#update(String, UnaryOperator, KintoWriteOptions.Customizer...)}.
	 */
	default Mono<KintoObject<T>> update(String id, UnaryOperator<T> change, KintoWriteOptions.Customizer... options) {
		return Mono.defer(() -> executor().execute(calls().update(id, change, options)));
	}

	/**
	 * Reactive variant of
	 * {@link ObjectOperations#replace(String, Object, KintoWriteOptions.Customizer...)}.
	 */
	default Mono<KintoObject<T>> replace(String id, T data, KintoWriteOptions.Customizer... options) {
		return Mono.defer(() -> execute(calls().replace(id, data, options)));
	}

	/**
	 * Reactive variant of
	 * {@link ObjectOperations#patch(String, Object, KintoWriteOptions.Customizer...)}.
	 */
	default Mono<KintoObject<T>> patch(String id, Object changes, KintoWriteOptions.Customizer... options) {
		return Mono.defer(() -> execute(calls().patch(id, changes, options)));
	}

	/**
	 * Reactive variant of
	 * {@link ObjectOperations#mergePatch(String, Object, KintoWriteOptions.Customizer...)}.
	 */
	default Mono<KintoObject<T>> mergePatch(String id, Object changes, KintoWriteOptions.Customizer... options) {
		return Mono.defer(() -> execute(calls().mergePatch(id, changes, options)));
	}

	/**
	 * Reactive variant of
	 * {@link ObjectOperations#jsonPatch(String, UnaryOperator, KintoWriteOptions.Customizer...)}.
	 */
	default Mono<KintoObject<T>> jsonPatch(String id, UnaryOperator<KintoPatch> patch,
			KintoWriteOptions.Customizer... options) {
		return Mono.defer(() -> execute(calls().jsonPatch(id, patch, options)));
	}

	/**
	 * Reactive variant of
	 * {@link ObjectOperations#delete(String, KintoWriteOptions.Customizer...)}.
	 */
	default Mono<KintoTombstone> delete(String id, KintoWriteOptions.Customizer... options) {
		return Mono.defer(() -> execute(calls().delete(id, options)));
	}

	/**
	 * Reactive variant of
	 * {@link ObjectOperations#delete(KintoObject, KintoWriteOptions.Customizer...)}.
	 */
	default Mono<KintoTombstone> delete(KintoObject<?> object, KintoWriteOptions.Customizer... options) {
		return Mono.defer(() -> execute(calls().delete(object, options)));
	}

	/**
	 * Reactive variant of {@link ObjectOperations#deleteAll()}.
	 */
	default Mono<List<KintoTombstone>> deleteAll() {
		return Mono.defer(() -> executor().execute(calls().deleteAll()));
	}

	/**
	 * Reactive variant of
	 * {@link ObjectOperations#deleteAll(KintoQuery.Customizer, KintoQuery.Customizer...)}.
	 */
	default Mono<List<KintoTombstone>> deleteAll(KintoQuery.Customizer query, KintoQuery.Customizer... more) {
		return Mono.defer(() -> executor().execute(calls().deleteAll(query, more)));
	}

	/**
	 * Reactive variant of {@link ObjectOperations#list(KintoQuery.Customizer...)}.
	 */
	default Mono<ReactiveKintoPage<T>> list(KintoQuery.Customizer... query) {
		return Mono.defer(() -> executor().execute(calls().listPages(query)))
			.map((page) -> new ReactiveKintoPage<>(executor(), page));
	}

	/**
	 * Reactive variant of
	 * {@link ObjectOperations#listIfChanged(KintoTimestamp, KintoQuery.Customizer...)}.
	 * @return the first page, or empty if nothing changed
	 */
	default Mono<ReactiveKintoPage<T>> listIfChanged(@Nullable KintoTimestamp known, KintoQuery.Customizer... query) {
		return Mono.defer(() -> execute(calls().listIfChanged(known, query)))
			.flatMap(Mono::justOrEmpty)
			.map((page) -> new ReactiveKintoPage<>(executor(), page));
	}

	/**
	 * Reactive variant of {@link ObjectOperations#listAll(KintoQuery.Customizer...)}.
	 */
	default Mono<List<KintoObject<T>>> listAll(KintoQuery.Customizer... query) {
		return Mono.defer(() -> executor().execute(calls().listAll(query)));
	}

	/**
	 * Reactive variant of {@link ObjectOperations#stream(KintoQuery.Customizer...)}.
	 */
	default Flux<KintoObject<T>> stream(KintoQuery.Customizer... query) {
		return Flux.defer(() -> executor().stream(calls().stream(query)));
	}

	/**
	 * Reactive variant of
	 * {@link ObjectOperations#streamInParallel(int, KintoQuery.Customizer...)}.
	 */
	default Flux<KintoObject<T>> streamInParallel(int parallel, KintoQuery.Customizer... query) {
		return Flux.defer(() -> executor().stream(calls().streamInParallel(parallel, query)));
	}

	/**
	 * Reactive variant of {@link ObjectOperations#count(KintoQuery.Customizer...)}.
	 */
	default Mono<Long> count(KintoQuery.Customizer... query) {
		return Mono.defer(() -> execute(calls().count(query)));
	}

	/**
	 * Reactive variant of {@link ObjectOperations#timestamp()}.
	 */
	default Mono<KintoTimestamp> timestamp() {
		return Mono.defer(() -> execute(calls().timestamp()));
	}

	/**
	 * Return a handle for the permissions of an object. Nothing is sent.
	 * @param id the id
	 * @return the handle
	 */
	default ReactivePermissionOperations permissions(String id) {
		return new ReactivePermissionOperations.Handle(executor(), calls().permissions(id));
	}

	/**
	 * Run a call, such as {@code calls().create(data)}. To run a {@code KintoFlow},
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
	ObjectCalls<T> calls();

	/**
	 * Return the executor that runs the calls of this handle.
	 * @return the executor
	 */
	ReactiveKintoExecutor executor();

}
