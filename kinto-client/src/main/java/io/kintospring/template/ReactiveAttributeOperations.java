package io.kintospring.template;

import java.util.Map;
import java.util.function.UnaryOperator;

import io.kintospring.KintoObject;
import io.kintospring.KintoPatch;
import io.kintospring.KintoReadOptions;
import io.kintospring.KintoWriteOptions;
import io.kintospring.client.ReactiveKintoExecutor;
import io.kintospring.protocol.AttributeCalls;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Reactive variant of {@link AttributeOperations}.
 */
public interface ReactiveAttributeOperations {

	/**
	 * Reactive variant of
	 * {@link AttributeOperations#get(KintoReadOptions.Customizer...)}.
	 */
	default Mono<KintoObject<Map<String, Object>>> get(KintoReadOptions.Customizer... options) {
		return Mono.defer(() -> executor().execute(calls().get(options)));
	}

	/**
	 * Reactive variant of
	 * {@link AttributeOperations#update(KintoObject, KintoWriteOptions.Customizer...)}.
	 */
	default Mono<KintoObject<Map<String, Object>>> update(KintoObject<? extends Map<String, Object>> object,
			KintoWriteOptions.Customizer... options) {
		return Mono.defer(() -> executor().execute(calls().update(object, options)));
	}

	/**
	 * Reactive variant of
	 * {@link AttributeOperations#update(UnaryOperator, KintoWriteOptions.Customizer...)}.
	 */
	default Mono<KintoObject<Map<String, Object>>> update(UnaryOperator<Map<String, Object>> change,
			KintoWriteOptions.Customizer... options) {
		return Mono.defer(() -> executor().execute(calls().update(change, options)));
	}

	/**
	 * Reactive variant of
	 * {@link AttributeOperations#replace(Map, KintoWriteOptions.Customizer...)}.
	 */
	default Mono<KintoObject<Map<String, Object>>> replace(Map<String, ? extends @Nullable Object> attributes,
			KintoWriteOptions.Customizer... options) {
		return Mono.defer(() -> executor().execute(calls().replace(attributes, options)));
	}

	/**
	 * Reactive variant of
	 * {@link AttributeOperations#patch(Map, KintoWriteOptions.Customizer...)}.
	 */
	default Mono<KintoObject<Map<String, Object>>> patch(Map<String, ?> changes,
			KintoWriteOptions.Customizer... options) {
		return Mono.defer(() -> executor().execute(calls().patch(changes, options)));
	}

	/**
	 * Reactive variant of
	 * {@link AttributeOperations#mergePatch(Map, KintoWriteOptions.Customizer...)}.
	 */
	default Mono<KintoObject<Map<String, Object>>> mergePatch(Map<String, ?> changes,
			KintoWriteOptions.Customizer... options) {
		return Mono.defer(() -> executor().execute(calls().mergePatch(changes, options)));
	}

	/**
	 * Reactive variant of
	 * {@link AttributeOperations#jsonPatch(UnaryOperator, KintoWriteOptions.Customizer...)}.
	 */
	default Mono<KintoObject<Map<String, Object>>> jsonPatch(UnaryOperator<KintoPatch> patch,
			KintoWriteOptions.Customizer... options) {
		return Mono.defer(() -> executor().execute(calls().jsonPatch(patch, options)));
	}

	/**
	 * Return the same operations as calls.
	 * @return the calls
	 */
	AttributeCalls calls();

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
	record Handle(ReactiveKintoExecutor executor, AttributeCalls calls) implements ReactiveAttributeOperations {
	}

}
