package io.kintospring.template;

import io.kintospring.KintoGroup;
import io.kintospring.KintoObject;
import io.kintospring.client.ReactiveKintoExecutor;
import io.kintospring.protocol.GroupCalls;
import reactor.core.publisher.Mono;

/**
 * Reactive variant of {@link GroupOperations}.
 */
public interface ReactiveGroupOperations extends ReactiveObjectOperations<KintoGroup> {

	/**
	 * Reactive variant of {@link GroupOperations#addMembers(String, String...)}.
	 */
	default Mono<KintoObject<KintoGroup>> addMembers(String id, String... members) {
		return Mono.defer(() -> executor().execute(calls().addMembers(id, members)));
	}

	/**
	 * Reactive variant of {@link GroupOperations#removeMembers(String, String...)}.
	 */
	default Mono<KintoObject<KintoGroup>> removeMembers(String id, String... members) {
		return Mono.defer(() -> executor().execute(calls().removeMembers(id, members)));
	}

	@Override
	GroupCalls calls();

	/**
	 * Default implementation that runs the calls on an executor.
	 *
	 * @param executor runs the calls
	 * @param calls the calls
	 */
	record Handle(ReactiveKintoExecutor executor, GroupCalls calls) implements ReactiveGroupOperations {
	}

}
