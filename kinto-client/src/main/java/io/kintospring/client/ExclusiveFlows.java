package io.kintospring.client;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.kintospring.KintoLockException;
import io.kintospring.KintoNotSentException;
import io.kintospring.client.KintoLock.Lease;
import io.kintospring.protocol.KintoFlow;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Runs exclusive flows, each with the lock of its object.
 */
final class ExclusiveFlows {

	private static final Log logger = LogFactory.getLog(ExclusiveFlows.class);

	/** Locks that the current thread holds while it runs functions of updates. */
	private static final ThreadLocal<@Nullable Held> HELD = new ThreadLocal<>();

	private final KintoLock lock;

	private final Duration maxWait;

	private final String server;

	private final Closing closing;

	ExclusiveFlows(KintoLock lock, Duration maxWait, String server, Closing closing) {
		this.lock = lock;
		this.maxWait = maxWait;
		this.server = ServerAddress.withoutScheme(server);
		this.closing = closing;
	}

	/**
	 * Run a flow with its lock, without blocking.
	 * @param flow the flow
	 * @param run runs the flow
	 * @param waiting called by the thread of the caller if the lock is not free
	 */
	<R> Mono<R> execute(KintoFlow.Exclusive<?> flow, Mono<R> run, Runnable waiting) {
		return Mono.usingWhen(Mono.<Lease>create((sink) -> acquire(flow, sink, waiting)), (lease) -> run,
				(lease) -> Mono.fromFuture(release(flow, lease), true));
	}

	/**
	 * A caller that had to wait does not continue on the thread that released the lock.
	 */
	private void acquire(KintoFlow.Exclusive<?> flow, MonoSink<Lease> sink, Runnable waiting) {
		CompletableFuture<Lease> acquired = acquire(flow);
		sink.onCancel(() -> abandon(flow, acquired));
		if (acquired.isDone()) {
			complete(flow, acquired, sink);
		}
		else {
			waiting.run();
			acquired.whenCompleteAsync((lease, ex) -> complete(flow, acquired, sink), OwnThreads.SIGNALS::schedule);
		}
	}

	private void complete(KintoFlow.Exclusive<?> flow, CompletableFuture<Lease> acquired, MonoSink<Lease> sink) {
		try {
			sink.success(acquired.join());
		}
		catch (CompletionException ex) {
			sink.error(error(flow, ex.getCause()));
		}
		catch (CancellationException ex) {
			sink.error(error(flow, ex));
		}
	}

	/**
	 * Run a flow with its lock on the current thread.
	 */
	<R> R await(KintoFlow.Exclusive<?> flow, Supplier<R> run) {
		Blocking.require(flow);
		Lease lease = await(flow, acquire(flow));
		Held outer = HELD.get();
		HELD.set(new Held(this.lock, key(flow), outer));
		try {
			return run.get();
		}
		finally {
			if (outer != null) {
				HELD.set(outer);
			}
			else {
				HELD.remove();
			}
			awaitRelease(release(flow, lease));
		}
	}

	private Lease await(KintoFlow.Exclusive<?> flow, CompletableFuture<Lease> acquired) {
		try {
			return acquired.get();
		}
		catch (InterruptedException ex) {
			abandon(flow, acquired);
			Thread.currentThread().interrupt();
			throw new KintoNotSentException(flow + " was not sent: interrupted while waiting for the lock '" + key(flow)
					+ "', which another update holds", ex);
		}
		catch (ExecutionException ex) {
			throw error(flow, ex.getCause());
		}
		catch (CancellationException ex) {
			throw error(flow, ex);
		}
	}

	private static void awaitRelease(CompletableFuture<?> released) {
		try {
			released.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private CompletableFuture<Lease> acquire(KintoFlow.Exclusive<?> flow) {
		String key = key(flow);
		requireNotHeld(flow, key);
		CompletableFuture<Lease> acquired = acquire(key);
		if (!acquired.isDone()) {
			Disposable closed = this.closing.closed()
				.subscribe(null, null, () -> acquired.completeExceptionally(Closing.error(flow)));
			acquired.orTimeout(this.maxWait.toMillis(), TimeUnit.MILLISECONDS)
				.whenComplete((lease, ex) -> closed.dispose());
		}
		return acquired;
	}

	private void requireNotHeld(KintoFlow.Exclusive<?> flow, String key) {
		Held held = HELD.get();
		if (held != null && held.contains(this.lock, key)) {
			throw new IllegalStateException(flow + " was not sent: it would wait for the update whose function calls"
					+ " it. In the function of an update, return the changed data, and do not update the same"
					+ " object.");
		}
	}

	private CompletableFuture<Lease> acquire(String key) {
		try {
			return this.lock.acquire(key, this.maxWait);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/**
	 * Release a lock whose caller has stopped waiting.
	 */
	private void abandon(KintoFlow.Exclusive<?> flow, CompletableFuture<Lease> acquired) {
		if (!acquired.cancel(false) && !acquired.isCompletedExceptionally()) {
			release(flow, acquired.join());
		}
	}

	/**
	 * The changes were written, so a failure must not make the caller repeat them.
	 */
	private CompletableFuture<?> release(KintoFlow.Exclusive<?> flow, Lease lease) {
		return release(lease).orTimeout(this.maxWait.toMillis(), TimeUnit.MILLISECONDS).handle((released, ex) -> {
			if (ex != null) {
				logger.warn("The lock '" + key(flow) + "' could not be released after " + flow
						+ ". It may have expired, so another update of the object may have run at the same time.", ex);
			}
			return true;
		});
	}

	private static CompletableFuture<?> release(Lease lease) {
		try {
			return lease.release().copy();
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private String key(KintoFlow.Exclusive<?> flow) {
		return this.server + flow.path();
	}

	private KintoNotSentException error(KintoFlow.Exclusive<?> flow, @Nullable Throwable ex) {
		if (ex instanceof KintoNotSentException notSent) {
			return notSent;
		}
		String lock = flow + " was not sent: the lock '" + key(flow) + "' ";
		if (ex instanceof TimeoutException) {
			return new KintoLockException(lock + "was not free within " + this.maxWait.toMillis()
					+ " ms. Other updates of the object take too long, or wait for this one. Send fewer at a time,"
					+ " do not update other objects in the function of an update, or raise kinto.lock.max-wait.", null);
		}
		return new KintoLockException(lock + "could not be acquired", ex);
	}

	/**
	 * Lock that a thread holds.
	 */
	private record Held(KintoLock lock, String key, @Nullable Held outer) {

		boolean contains(KintoLock lock, String key) {
			return (this.lock == lock && this.key.equals(key))
					|| (this.outer != null && this.outer.contains(lock, key));
		}

	}

}
