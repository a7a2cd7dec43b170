package io.kintospring.client;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Schedulers of the client whose threads may be blocked. Callers of the blocking template
 * can occupy all threads of {@link Schedulers#boundedElastic()}, so ending their calls
 * must not require one of those.
 */
final class OwnThreads {

	private static final int IDLE_SECONDS = 60;

	/**
	 * A blocked subscriber occupies one thread; if all are occupied, other signals are
	 * late.
	 */
	private static final int MAX_SIGNALS = 256;

	/** A filter that blocks when it is cancelled occupies one thread. */
	private static final int MAX_TIMEOUTS = 16;

	/** A listener that blocks occupies one thread for each client. */
	private static final int MAX_LISTENERS = 16;

	/**
	 * Runs subscribers, so that they do not block the threads of the HTTP library and of
	 * timeouts.
	 */
	static final Scheduler SIGNALS = elastic("kinto-signals", MAX_SIGNALS);

	/**
	 * Cancels exchanges that take too long. Separate, so that blocked subscribers do not
	 * delay it.
	 */
	static final Scheduler TIMEOUTS = elastic("kinto-timeouts", MAX_TIMEOUTS);

	/**
	 * Calls the listeners of clients.
	 */
	static final Scheduler LISTENERS = elastic("kinto-signals", MAX_LISTENERS);

	/**
	 * Reads files to upload. Separate, so that a blocked file does not delay its timeout.
	 */
	static final Scheduler UPLOADS = elastic("kinto-uploads", Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE);

	private OwnThreads() {
	}

	/**
	 * Return a signal that ends a call, published on one of these threads, where the
	 * subscriber may block. A call that a thread waits for needs no other thread.
	 */
	static Mono<Void> signalling(Mono<Void> signal) {
		return Mono.deferContextual((context) -> Blocking.isAwaited(context) ? signal : signal.publishOn(SIGNALS));
	}

	/**
	 * Create a scheduler that need not be disposed: its threads are daemons and end when
	 * they are idle. All clients share it, because copies of a client are often not
	 * closed.
	 */
	private static Scheduler elastic(String name, int max) {
		AtomicInteger count = new AtomicInteger();
		ThreadPoolExecutor threads = new ThreadPoolExecutor(max, max, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (task) -> {
					Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
					thread.setDaemon(true);
					return thread;
				});
		threads.allowCoreThreadTimeOut(true);
		return Schedulers.fromExecutorService(threads, name);
	}

}
