package io.kintospring.template;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.kintospring.KintoBatchOptions;
import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.KintoPermissionEntry;
import io.kintospring.KintoReadOptions;
import io.kintospring.KintoTombstone;
import io.kintospring.client.ReactiveKintoExecutor;
import io.kintospring.protocol.BatchResult.Outcome;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.query.KintoQuery;
import io.kintospring.server.KintoHeartbeat;
import io.kintospring.server.KintoServerInfo;
import io.kintospring.server.KintoUser;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reactive variant of {@link KintoOperations}, implemented by
 * {@link ReactiveKintoTemplate}.
 * <p>
 * Nothing is sent before you subscribe, and each subscription sends its own requests.
 * Publishers fail with the exceptions of the blocking variant.
 */
public interface ReactiveKintoOperations {

	/**
	 * Reactive variant of
	 * {@link KintoOperations#fetchServerInfo(KintoReadOptions.Customizer...)}.
	 */
	default Mono<KintoServerInfo> fetchServerInfo(KintoReadOptions.Customizer... options) {
		return Mono.defer(() -> execute(calls().fetchServerInfo(options)));
	}

	/**
	 * Reactive variant of
	 * {@link KintoOperations#fetchUser(KintoReadOptions.Customizer...)}.
	 * @return the user, or empty if the credentials are missing or wrong
	 */
	default Mono<KintoUser> fetchUser(KintoReadOptions.Customizer... options) {
		return Mono.defer(() -> execute(calls().fetchUser(options))).flatMap(Mono::justOrEmpty);
	}

	/**
	 * Reactive variant of {@link KintoOperations#fetchHeartbeat()}.
	 */
	default Mono<KintoHeartbeat> fetchHeartbeat() {
		return Mono.defer(() -> execute(calls().fetchHeartbeat()));
	}

	/**
	 * Return a handle for all buckets.
	 * @return the handle
	 */
	default ReactiveContainerOperations buckets() {
		return new ReactiveContainerOperations.Handle(executor(), calls().buckets());
	}

	/**
	 * Return a handle for the default bucket, which is set by {@code kinto.bucket} or
	 * {@link KintoTemplateBuilder#defaultBucket(String)}. If none is set, it is Kinto's
	 * bucket {@code default}, which is personal to each user.
	 * @return the handle
	 */
	default ReactiveBucketOperations bucket() {
		return new ReactiveBucketOperations.Handle(executor(), calls().bucket());
	}

	/**
	 * Return a handle for a bucket. Nothing is sent.
	 * @param id the id of the bucket
	 * @param options options that all operations of the handle inherit
	 * @return the handle
	 * @throws IllegalArgumentException if the id is not valid
	 */
	default ReactiveBucketOperations bucket(String id, KintoOptions.Customizer... options) {
		return new ReactiveBucketOperations.Handle(executor(), calls().bucket(id, options));
	}

	/**
	 * Reactive variant of {@link KintoOperations#createAccount(String, String)}.
	 */
	default Mono<KintoObject<Map<String, Object>>> createAccount(String name, String password) {
		return Mono.defer(() -> execute(calls().createAccount(name, password)));
	}

	/**
	 * Reactive variant of {@link KintoOperations#changePassword(String, String)}.
	 */
	default Mono<KintoObject<Map<String, Object>>> changePassword(String name, String password) {
		return Mono.defer(() -> execute(calls().changePassword(name, password)));
	}

	/**
	 * Reactive variant of {@link KintoOperations#deleteAccount(String)}.
	 */
	default Mono<KintoTombstone> deleteAccount(String name) {
		return Mono.defer(() -> execute(calls().deleteAccount(name)));
	}

	/**
	 * Reactive variant of
	 * {@link KintoOperations#listPermissions(KintoQuery.Customizer...)}.
	 */
	default Mono<List<KintoPermissionEntry>> listPermissions(KintoQuery.Customizer... query) {
		return Mono.defer(() -> executor().execute(calls().listPermissions(query)));
	}

	/**
	 * Reactive variant of
	 * {@link KintoOperations#streamPermissions(KintoQuery.Customizer...)}.
	 */
	default Flux<KintoPermissionEntry> streamPermissions(KintoQuery.Customizer... query) {
		return Flux.defer(() -> executor().stream(calls().streamPermissions(query)));
	}

	/**
	 * Reactive variant of {@link KintoOperations#batch(KintoCall...)}.
	 */
	default Mono<BatchResult> batch(KintoCall<?>... calls) {
		return Mono.defer(() -> batch(List.of(calls)));
	}

	/**
	 * Reactive variant of
	 * {@link KintoOperations#batch(List, KintoBatchOptions.Customizer...)}.
	 */
	default Mono<BatchResult> batch(List<? extends KintoCall<?>> calls, KintoBatchOptions.Customizer... options) {
		return Mono.defer(() -> executor().execute(calls().batch(calls, options)));
	}

	/**
	 * Reactive variant of
	 * {@link KintoOperations#batch(Stream, KintoBatchOptions.Customizer...)}.
	 */
	default <R> Flux<Outcome<R>> batch(Publisher<? extends KintoCall<R>> calls,
			KintoBatchOptions.Customizer... options) {
		return BatchWindows.stream(executor(), calls(), calls, options);
	}

	/**
	 * Run a call: one of {@link #calls()}, or a call that {@code KintoCall.of} creates
	 * for an endpoint that this client does not support.
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
	KintoCalls calls();

	/**
	 * Return the executor that runs the calls.
	 * @return the executor
	 */
	ReactiveKintoExecutor executor();

}
