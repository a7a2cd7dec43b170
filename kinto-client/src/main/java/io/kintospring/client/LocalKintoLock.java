package io.kintospring.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Lock for the clients of this JVM that share it. Callers acquire a lock in the order of
 * their arrival, whether they block or not. A key occupies memory only while its lock is
 * held. Thread-safe.
 */
public final class LocalKintoLock implements KintoLock {

	private static final CompletableFuture<?> RELEASED = CompletableFuture.completedFuture(true);

	/** Callers by key. The first one of a queue holds the lock. */
	private final Map<String, LinkedHashSet<Turn>> queues = new HashMap<>();

	@Override
	public CompletableFuture<Lease> acquire(String key, Duration maxWait) {
		Turn turn = new Turn(key);
		if (enqueue(turn)) {
			turn.start();
		}
		else {
			turn.future.whenComplete((lease, ex) -> {
				if (ex != null) {
					turn.release();
				}
			});
		}
		return turn.future;
	}

	/**
	 * Add a caller to its queue, and return whether it is the first one.
	 */
	private synchronized boolean enqueue(Turn turn) {
		LinkedHashSet<Turn> queue = this.queues.computeIfAbsent(turn.key, (key) -> new LinkedHashSet<>());
		queue.add(turn);
		return queue.size() == 1;
	}

	/**
	 * Remove a caller from its queue, and return the caller that is the first one
	 * instead.
	 */
	private synchronized @Nullable Turn dequeue(Turn turn) {
		LinkedHashSet<Turn> queue = this.queues.get(turn.key);
		if (queue == null) {
			return null;
		}
		boolean first = queue.iterator().next() == turn;
		queue.remove(turn);
		if (queue.isEmpty()) {
			this.queues.remove(turn.key);
			return null;
		}
		return first ? queue.iterator().next() : null;
	}

	/**
	 * Return the number of keys whose locks are held.
	 */
	synchronized int size() {
		return this.queues.size();
	}

	private final class Turn implements Lease {

		private final String key;

		private final CompletableFuture<Lease> future = new CompletableFuture<>();

		Turn(String key) {
			this.key = key;
		}

		void start() {
			if (!this.future.complete(this)) {
				release();
			}
		}

		@Override
		public CompletableFuture<?> release() {
			Turn next = dequeue(this);
			if (next != null) {
				next.start();
			}
			return RELEASED;
		}

	}

}
