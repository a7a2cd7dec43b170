package io.kintospring.client;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Thread of a caller that waits for requests in flight. While it waits, it runs code of
 * the application that may depend on the thread, such as a {@link KintoAuthentication}.
 */
final class WaitingThread implements Executor {

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private volatile @Nullable Thread thread;

	/**
	 * Wait for one result on the current thread, whose context is propagated, such as its
	 * current observation.
	 */
	static <R> R await(Object what, Mono<R> result) {
		WaitingThread thread = new WaitingThread();
		CompletableFuture<R> future = Blocking.future(result.contextCapture(), thread);
		try {
			return thread.get(what, future);
		}
		finally {
			future.cancel(true);
		}
	}

	/**
	 * Run a task on the waiting thread. If no thread waits, the next one that does runs
	 * it.
	 */
	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
		LockSupport.unpark(this.thread);
	}

	/**
	 * Wait for a result on the current thread.
	 */
	<R> R get(Object what, CompletableFuture<R> result) {
		Thread current = Thread.currentThread();
		this.thread = current;
		result.whenComplete((value, failure) -> LockSupport.unpark(current));
		while (!result.isDone() && !current.isInterrupted()) {
			Runnable task = this.tasks.poll();
			if (task != null) {
				task.run();
			}
			else {
				LockSupport.park(this);
			}
		}
		return Blocking.get(what, result);
	}

}
