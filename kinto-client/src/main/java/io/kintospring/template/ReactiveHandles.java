package io.kintospring.template;

import io.kintospring.client.ReactiveKintoExecutor;
import io.kintospring.protocol.AttachmentCalls;
import io.kintospring.protocol.AttributeCalls;
import io.kintospring.protocol.BucketCalls;
import io.kintospring.protocol.CollectionCalls;
import io.kintospring.protocol.ContainerCalls;
import io.kintospring.protocol.GroupCalls;
import io.kintospring.protocol.HistoryCalls;
import io.kintospring.protocol.PermissionCalls;

/**
 * The reactive handles: calls, and the executor that runs them.
 */
final class ReactiveHandles {

	private ReactiveHandles() {
	}

	record Bucket(ReactiveKintoExecutor executor, BucketCalls calls) implements ReactiveBucketOperations {
	}

	record Containers(ReactiveKintoExecutor executor, ContainerCalls calls) implements ReactiveContainerOperations {
	}

	record Collection<T>(ReactiveKintoExecutor executor,
			CollectionCalls<T> calls) implements ReactiveCollectionOperations<T> {
	}

	record Groups(ReactiveKintoExecutor executor, GroupCalls calls) implements ReactiveGroupOperations {
	}

	record Attributes(ReactiveKintoExecutor executor, AttributeCalls calls) implements ReactiveAttributeOperations {
	}

	record Permissions(ReactiveKintoExecutor executor, PermissionCalls calls) implements ReactivePermissionOperations {
	}

	record Attachments<T>(ReactiveKintoExecutor executor,
			AttachmentCalls<T> calls) implements ReactiveAttachmentOperations<T> {
	}

	record History(ReactiveKintoExecutor executor, HistoryCalls calls) implements ReactiveHistoryOperations {
	}

}
