package io.kintospring.client;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

/**
 * Deadlines of which each is the same time after its subscription. A timer for each would
 * wake the timers' thread with every request, to no end with nearly all of them: here,
 * one timer waits for the oldest.
 */
final class Deadlines {

	private final long timeout;

	private final Set<Deadline> waiting = new LinkedHashSet<>();

	private boolean timed;

	Deadlines(Duration timeout) {
		this.timeout = timeout.toMillis();
	}

	/**
	 * Complete when the time is over.
	 */
	Mono<Void> next() {
		return Mono.create((sink) -> {
			Deadline deadline = new Deadline(now() + this.timeout, sink);
			sink.onDispose(() -> remove(deadline));
			add(deadline);
		});
	}

	private synchronized void add(Deadline deadline) {
		this.waiting.add(deadline);
		if (!this.timed) {
			this.timed = true;
			time(this.timeout);
		}
	}

	private synchronized void remove(Deadline deadline) {
		this.waiting.remove(deadline);
	}

	private void time(long delay) {
		Schedulers.parallel().schedule(this::expire, delay, TimeUnit.MILLISECONDS);
	}

	private void expire() {
		for (Deadline deadline = nextExpired(); deadline != null; deadline = nextExpired()) {
			deadline.sink.success();
		}
	}

	private synchronized @Nullable Deadline nextExpired() {
		Iterator<Deadline> oldest = this.waiting.iterator();
		if (!oldest.hasNext()) {
			this.timed = false;
			return null;
		}
		Deadline deadline = oldest.next();
		long remaining = deadline.time - now();
		if (remaining > 0) {
			time(remaining);
			return null;
		}
		oldest.remove();
		return deadline;
	}

	private static long now() {
		return Schedulers.parallel().now(TimeUnit.MILLISECONDS);
	}

	private static final class Deadline {

		private final long time;

		private final MonoSink<Void> sink;

		Deadline(long time, MonoSink<Void> sink) {
			this.time = time;
			this.sink = sink;
		}

	}

}
