package io.kintospring.template;

import java.util.Map;

import io.kintospring.KintoCreation;
import io.kintospring.KintoObject;
import io.kintospring.KintoWriteOptions;
import io.kintospring.client.ReactiveKintoExecutor;
import io.kintospring.protocol.ContainerCalls;
import reactor.core.publisher.Mono;

/**
 * Reactive variant of {@link ContainerOperations}.
 */
public interface ReactiveContainerOperations extends ReactiveObjectOperations<Map<String, Object>> {

	/**
	 * Reactive variant of
	 * {@link ContainerOperations#create(String, KintoWriteOptions.Customizer...)}.
	 */
	default Mono<KintoObject<Map<String, Object>>> create(String id, KintoWriteOptions.Customizer... options) {
		return Mono.defer(() -> execute(calls().create(id, options)));
	}

	/**
	 * Reactive variant of
	 * {@link ContainerOperations#createIfAbsent(String, KintoWriteOptions.Customizer...)}.
	 */
	default Mono<KintoCreation<Map<String, Object>>> createIfAbsent(String id,
			KintoWriteOptions.Customizer... options) {
		return Mono.defer(() -> execute(calls().createIfAbsent(id, options)));
	}

	@Override
	ContainerCalls calls();

	/**
	 * Default implementation that runs the calls on an executor.
	 *
	 * @param executor runs the calls
	 * @param calls the calls
	 */
	record Handle(ReactiveKintoExecutor executor, ContainerCalls calls) implements ReactiveContainerOperations {
	}

}
