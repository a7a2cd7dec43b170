package io.kintospring.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

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
		this.timeout = timeout.toNanos();
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
			time(this.timeout);
		}
	}

	private synchronized void remove(Deadline deadline) {
		this.waiting.remove(deadline);
	}

	private void time(long delay) {
		Schedulers.parallel().schedule(this::expire, delay, TimeUnit.NANOSECONDS);
		this.timed = true;
	}

	private void expire() {
		tell(expired().iterator());
	}

	/**
	 * Whatever becomes of who is told, the others are, too.
	 */
	private static void tell(Iterator<Deadline> expired) {
		while (expired.hasNext()) {
			boolean told = false;
			try {
				expired.next().sink.success();
				told = true;
			}
			finally {
				if (!told) {
					tell(expired);
				}
			}
		}
	}

	/**
	 * The next timer is set before anybody is told, whatever they do then.
	 */
	private synchronized List<Deadline> expired() {
		this.timed = false;
		List<Deadline> expired = new ArrayList<>();
		for (Iterator<Deadline> oldest = this.waiting.iterator(); oldest.hasNext();) {
			Deadline deadline = oldest.next();
			long remaining = deadline.time - now();
			if (remaining > 0) {
				time(remaining);
				break;
			}
			oldest.remove();
			expired.add(deadline);
		}
		return expired;
	}

	private static long now() {
		return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
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
