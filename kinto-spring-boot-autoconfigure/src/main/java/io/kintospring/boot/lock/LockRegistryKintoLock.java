package io.kintospring.boot.lock;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;

import io.kintospring.client.KintoLock;
import io.kintospring.client.LocalKintoLock;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.integration.support.locks.LockRegistry;
import org.springframework.integration.support.locks.RenewableLockRegistry;

/**
 * {@link KintoLock} that uses a {@link LockRegistry} of Spring Integration, such as that
 * for JDBC, Redis, Hazelcast or ZooKeeper. All instances of an application must use the
 * same lock service, and must address Kinto by the same URL. Thread-safe.
 * <p>
 * Within this JVM, callers wait in the order of their arrival, and only the first one
 * tries to acquire the lock of the registry. A lock belongs to a thread, so a thread of
 * this class acquires it, waits for its release, and releases it. There are at most
 * {@value #MAX_THREADS} threads, and none when no lock is in use.
 * <p>
 * If the registry supports it, the lock is renewed while it is held. The time-to-live of
 * its locks should be at least 5 seconds.
 */
public final class LockRegistryKintoLock implements KintoLock {

	private static final int MAX_THREADS = 256;

	private static final int IDLE_SECONDS = 10;

	private static final Duration RENEWAL = Duration.ofSeconds(2);

	private static final Log logger = LogFactory.getLog(LockRegistryKintoLock.class);

	private final LockRegistry<?> registry;

	private final Duration renewal;

	private final KintoLock local = new LocalKintoLock();

	private final ThreadPoolExecutor threads = threads();

	/**
	 * Create a lock.
	 * @param registry the registry, which accepts text as keys
	 */
	public LockRegistryKintoLock(LockRegistry<?> registry) {
		this(registry, RENEWAL);
	}

	LockRegistryKintoLock(LockRegistry<?> registry, Duration renewal) {
		this.registry = registry;
		this.renewal = renewal;
	}

	private static ThreadPoolExecutor threads() {
		AtomicInteger count = new AtomicInteger();
		ThreadPoolExecutor threads = new ThreadPoolExecutor(MAX_THREADS, MAX_THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (task) -> {
					Thread thread = new Thread(task, "kinto-lock-" + count.incrementAndGet());
					thread.setDaemon(true);
					return thread;
				});
		threads.allowCoreThreadTimeOut(true);
		return threads;
	}

	@Override
	public CompletableFuture<Lease> acquire(String key, Duration maxWait) {
		long deadline = System.nanoTime() + maxWait.toNanos();
		CompletableFuture<Lease> acquired = new CompletableFuture<>();
		CompletableFuture<Lease> turn = this.local.acquire(key, maxWait);
		turn.thenAccept((lease) -> lock(new Holder(key, deadline, lease, acquired)));
		acquired.whenComplete((lease, ex) -> turn.cancel(false));
		return acquired;
	}

	private void lock(Holder holder) {
		this.threads.execute(holder);
		holder.acquired.whenComplete((lease, ex) -> {
			if (ex != null) {
				giveUp(holder);
			}
		});
	}

	private void giveUp(Holder holder) {
		if (this.threads.remove(holder)) {
			holder.turn.release();
		}
		else {
			holder.stopWaiting();
		}
	}

	@Override
	public String toString() {
		return "LockRegistryKintoLock with " + this.registry;
	}

	/**
	 * Task that acquires, holds and releases a lock on one thread.
	 */
	private final class Holder implements Runnable, Lease {

		private final String key;

		private final long deadline;

		private final Lease turn;

		private final CompletableFuture<Lease> acquired;

		private final CountDownLatch release = new CountDownLatch(1);

		private final CompletableFuture<Boolean> released = new CompletableFuture<>();

		private @Nullable Thread waiting;

		Holder(String key, long deadline, Lease turn, CompletableFuture<Lease> acquired) {
			this.key = key;
			this.deadline = deadline;
			this.turn = turn;
			this.acquired = acquired;
		}

		@Override
		public void run() {
			try {
				lockAndHold(LockRegistryKintoLock.this.registry.obtain(this.key));
				this.turn.release();
				this.released.complete(true);
			}
			catch (Throwable ex) {
				this.turn.release();
				this.acquired.completeExceptionally(ex);
				this.released.completeExceptionally(ex);
			}
		}

		private void lockAndHold(Lock lock) throws InterruptedException {
			if (!tryLock(lock)) {
				this.acquired.completeExceptionally(new TimeoutException());
				return;
			}
			try {
				if (this.acquired.complete(this)) {
					hold();
				}
			}
			finally {
				lock.unlock();
			}
		}

		private boolean tryLock(Lock lock) throws InterruptedException {
			synchronized (this) {
				if (this.acquired.isDone()) {
					return false;
				}
				this.waiting = Thread.currentThread();
			}
			try {
				long remaining = TimeUnit.NANOSECONDS.toMillis(this.deadline - System.nanoTime());
				return lock.tryLock(Math.max(0, remaining), TimeUnit.MILLISECONDS);
			}
			finally {
				synchronized (this) {
					this.waiting = null;
				}
				Thread.interrupted();
			}
		}

		synchronized void stopWaiting() {
			if (this.waiting != null) {
				this.waiting.interrupt();
			}
		}

		private void hold() throws InterruptedException {
			long interval = LockRegistryKintoLock.this.renewal.toMillis();
			while (!this.release.await(interval, TimeUnit.MILLISECONDS)) {
				renew();
			}
		}

		/**
		 * Only the thread that holds a lock can renew it.
		 */
		private void renew() {
			if (LockRegistryKintoLock.this.registry instanceof RenewableLockRegistry<?> renewable) {
				try {
					renewable.renewLock(this.key);
				}
				catch (RuntimeException ex) {
					// if the lock expires, its release fails
					logger.debug("The lock '" + this.key + "' could not be renewed", ex);
				}
			}
		}

		@Override
		public CompletableFuture<?> release() {
			this.release.countDown();
			return this.released;
		}

	}

}
