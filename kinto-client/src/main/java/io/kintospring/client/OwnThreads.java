package io.kintospring.client;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Threads of the package that may be blocked. Callers of the blocking template can occupy
 * all threads of {@link Schedulers#boundedElastic()}: what ends their waiting must not
 * need one of these.
 */
final class OwnThreads {

	private static final int IDLE_SECONDS = 60;

	/** Each of these can be blocked by a subscriber before others are told too late. */
	private static final int MAX_SIGNALS = 256;

	/** Runs what must not hold up the threads of the HTTP library and of timeouts. */
	static final Scheduler SIGNALS = elastic("kinto-signals", MAX_SIGNALS);

	/** Reads files to upload: apart, as a file that blocks must not delay its timeout. */
	static final Scheduler UPLOADS = elastic("kinto-uploads", Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE);

	private OwnThreads() {
	}

	/**
	 * Return a signal that ends a call. The subscriber receives it on one of these
	 * threads, and may block there. A call that a thread waits for needs none of them.
	 */
	static Mono<Void> signalling(Mono<Void> signal) {
		return Mono.deferContextual((context) -> Blocking.isAwaited(context) ? signal : signal.publishOn(SIGNALS));
	}

	/**
	 * Nothing has to dispose these threads: they are daemons, and end when they are idle.
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
