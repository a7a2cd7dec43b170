package io.kintospring.template;

import io.kintospring.client.KintoExecutor;
import io.kintospring.protocol.AttachmentCalls;
import io.kintospring.protocol.AttributeCalls;
import io.kintospring.protocol.BucketCalls;
import io.kintospring.protocol.CollectionCalls;
import io.kintospring.protocol.ContainerCalls;
import io.kintospring.protocol.GroupCalls;
import io.kintospring.protocol.HistoryCalls;
import io.kintospring.protocol.PermissionCalls;

/**
 * The handles: calls, and the executor that runs them.
 */
final class Handles {

	private Handles() {
	}

	record Bucket(KintoExecutor executor, BucketCalls calls) implements BucketOperations {
	}

	record Containers(KintoExecutor executor, ContainerCalls calls) implements ContainerOperations {
	}

	record Collection<T>(KintoExecutor executor, CollectionCalls<T> calls) implements CollectionOperations<T> {
	}

	record Groups(KintoExecutor executor, GroupCalls calls) implements GroupOperations {
	}

	record Attributes(KintoExecutor executor, AttributeCalls calls) implements AttributeOperations {
	}

	record Permissions(KintoExecutor executor, PermissionCalls calls) implements PermissionOperations {
	}

	record Attachments<T>(KintoExecutor executor, AttachmentCalls<T> calls) implements AttachmentOperations<T> {
	}

	record History(KintoExecutor executor, HistoryCalls calls) implements HistoryOperations {
	}

}
