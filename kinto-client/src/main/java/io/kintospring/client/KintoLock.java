package io.kintospring.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * Strategy for the exclusion of concurrent updates of one object. The client acquires a
 * lock before it runs a flow that reads an object and writes it: {@code update} with a
 * function, {@code grant}, {@code revoke}, {@code addMembers}, {@code removeMembers}, and
 * the removal of an attachment. It releases the lock after the last response of the flow.
 * <p>
 * The default, {@link LocalKintoLock}, excludes updates of the same application. To
 * exclude updates of several instances of an application, implement this interface with a
 * lock service. Implementations must be thread-safe and must not block the calling
 * thread. Locks need not be reentrant.
 *
 * @see KintoClient.Builder#lock(KintoLock)
 */
@FunctionalInterface
public interface KintoLock {

	/**
	 * Acquire a lock.
	 * <p>
	 * The client can complete the future by itself, such as by cancelling it, if it does
	 * not wait any longer. An implementation that can no longer complete the future must
	 * not keep the lock.
	 * @param key the key of the lock: host, port and path of the server's API and the
	 * path of the object, such as
	 * {@code kinto.example.com:443/v1/buckets/blog/collections/posts/records/a}. It
	 * contains no credentials.
	 * @param maxWait how long the client waits. Implementations whose waiting cannot be
	 * interrupted must use this limit.
	 * @return a new future. It completes with the lock, exceptionally with a
	 * {@link TimeoutException} if the lock is not free in time, or exceptionally with
	 * another exception if the lock service fails. It can complete on any thread that may
	 * be blocked.
	 */
	CompletableFuture<Lease> acquire(String key, Duration maxWait);

	/**
	 * Lock that was acquired.
	 */
	@FunctionalInterface
	interface Lease {

		/**
		 * Release the lock, on any thread and without blocking it. Further invocations
		 * must have no effect.
		 * @return completes when the lock is released. If it completes exceptionally, the
		 * client logs a warning, because the changes were written.
		 */
		CompletableFuture<?> release();

	}

}
