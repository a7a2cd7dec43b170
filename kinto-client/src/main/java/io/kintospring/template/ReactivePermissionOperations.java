package io.kintospring.template;

import java.util.Map;
import java.util.function.UnaryOperator;

import io.kintospring.KintoObject;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoReadOptions;
import io.kintospring.KintoWriteOptions;
import io.kintospring.client.ReactiveKintoExecutor;
import io.kintospring.protocol.PermissionCalls;
import reactor.core.publisher.Mono;

/**
 * Reactive variant of {@link PermissionOperations}.
 */
public interface ReactivePermissionOperations {

	/**
	 * Reactive variant of
	 * {@link PermissionOperations#get(KintoReadOptions.Customizer...)}.
	 */
	default Mono<KintoObject<Map<String, Object>>> get(KintoReadOptions.Customizer... options) {
		return Mono.defer(() -> executor().execute(calls().get(options)));
	}

	/**
	 * Reactive variant of
	 * {@link PermissionOperations#set(UnaryOperator, KintoWriteOptions.Customizer...)}.
	 */
	default Mono<KintoObject<Map<String, Object>>> set(UnaryOperator<KintoPermissions> permissions,
			KintoWriteOptions.Customizer... options) {
		return Mono.defer(() -> executor().execute(calls().set(permissions, options)));
	}

	/**
	 * Reactive variant of
	 * {@link PermissionOperations#clear(KintoWriteOptions.Customizer...)}.
	 */
	default Mono<KintoObject<Map<String, Object>>> clear(KintoWriteOptions.Customizer... options) {
		return Mono.defer(() -> executor().execute(calls().clear(options)));
	}

	/**
	 * Reactive variant of
	 * {@link PermissionOperations#grant(UnaryOperator, KintoWriteOptions.Customizer...)}.
	 */
	default Mono<KintoObject<Map<String, Object>>> grant(UnaryOperator<KintoPermissions> permissions,
			KintoWriteOptions.Customizer... options) {
		return Mono.defer(() -> executor().execute(calls().grant(permissions, options)));
	}

	/**
	 * Reactive variant of
	 * {@link PermissionOperations#revoke(UnaryOperator, KintoWriteOptions.Customizer...)}.
	 */
	default Mono<KintoObject<Map<String, Object>>> revoke(UnaryOperator<KintoPermissions> permissions,
			KintoWriteOptions.Customizer... options) {
		return Mono.defer(() -> executor().execute(calls().revoke(permissions, options)));
	}

	/**
	 * Return the same operations as calls.
	 * @return the calls
	 */
	PermissionCalls calls();

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
	record Handle(ReactiveKintoExecutor executor, PermissionCalls calls) implements ReactivePermissionOperations {
	}

}
