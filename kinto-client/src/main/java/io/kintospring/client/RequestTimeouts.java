package io.kintospring.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * Gives exchanges a deadline: each is over a multiple of the timeout after it was
 * subscribed to. A timer for each would wake the timer's thread with every request, to no
 * end with nearly all of them: here, one timer waits for the oldest.
 */
final class RequestTimeouts implements AutoCloseable {

	private final long timeout;

	private final Map<Integer, Line> lines = new ConcurrentHashMap<>();

	private @Nullable Scheduler timer;

	private volatile boolean closed;

	RequestTimeouts(Duration timeout) {
		this.timeout = timeout.toNanos();
	}

	/**
	 * Limit how long an exchange may take. What is over ends with an error on a thread
	 * that may be blocked, so that a subscriber that blocks delays no other. What a
	 * thread waits for needs no other thread to end.
	 * @param <T> the type of the result
	 * @param what the request, for messages
	 * @param exchange the exchange
	 * @param timeouts how many timeouts it may take
	 * @return the result; any error is one of the client
	 */
	<T> Mono<T> limit(Object what, Mono<T> exchange, int timeouts) {
		Line line = this.lines.computeIfAbsent(timeouts, Line::new);
		return new MonoOperator<T, T>(exchange) {

			@Override
			public void subscribe(CoreSubscriber<? super T> actual) {
				Limited<T> limited = new Limited<>(what, actual, line);
				try {
					this.source.subscribe(limited);
				}
				catch (Throwable ex) {
					limited.fail(ex);
				}
				// what this thread did until now, such as loading classes, does not count
				line.add(limited);
			}

		};
	}

	private synchronized Scheduler timer() {
		if (this.timer == null) {
			this.timer = Schedulers.newSingle("kinto-timer", true);
		}
		return this.timer;
	}

	/**
	 * End all exchanges at once.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.lines.values().forEach(Line::close);
		synchronized (this) {
			if (this.timer != null) {
				this.timer.dispose();
			}
		}
	}

	/**
	 * Exchanges of the same duration, the oldest first.
	 */
	private final class Line {

		private final long duration;

		private final Set<Limited<?>> waiting = new LinkedHashSet<>();

		private boolean timed;

		Line(int timeouts) {
			this.duration = RequestTimeouts.this.timeout * timeouts;
		}

		void add(Limited<?> limited) {
			Scheduler scheduler = timer();
			limited.deadline = scheduler.now(TimeUnit.NANOSECONDS) + this.duration;
			synchronized (this.waiting) {
				if (limited.isOver()) {
					return;
				}
				this.waiting.add(limited);
				if (!this.timed && !RequestTimeouts.this.closed) {
					time(scheduler, this.duration);
				}
			}
			if (RequestTimeouts.this.closed) {
				limited.fail(ExchangeErrors.closed(limited.what, limited.attempts));
			}
		}

		void remove(Limited<?> limited) {
			synchronized (this.waiting) {
				this.waiting.remove(limited);
			}
		}

		private void time(Scheduler scheduler, long delay) {
			scheduler.schedule(() -> expire(scheduler), delay, TimeUnit.NANOSECONDS);
			this.timed = true;
		}

		private void expire(Scheduler scheduler) {
			List<Limited<?>> late = new ArrayList<>();
			synchronized (this.waiting) {
				this.timed = false;
				for (Iterator<Limited<?>> oldest = this.waiting.iterator(); oldest.hasNext();) {
					Limited<?> limited = oldest.next();
					long remaining = limited.deadline - scheduler.now(TimeUnit.NANOSECONDS);
					if (remaining > 0) {
						time(scheduler, remaining);
						break;
					}
					oldest.remove();
					late.add(limited);
				}
			}
			Duration limit = Duration.ofNanos(this.duration);
			expire(late, (limited) -> ExchangeErrors.late(limited.what, limit, limited.attempts));
		}

		void close() {
			List<Limited<?>> open;
			synchronized (this.waiting) {
				open = new ArrayList<>(this.waiting);
				this.waiting.clear();
			}
			expire(open, (limited) -> ExchangeErrors.closed(limited.what, limited.attempts));
		}

		/**
		 * End exchanges, the youngest first: where they wait for each other, none begins
		 * because another one ends.
		 */
		private static void expire(List<Limited<?>> oldestFirst, Function<Limited<?>, ? extends Throwable> error) {
			for (int i = oldestFirst.size() - 1; i >= 0; i--) {
				Limited<?> limited = oldestFirst.get(i);
				if (limited.giveUp()) {
					limited.signal(error.apply(limited));
				}
			}
		}

	}

	/**
	 * An exchange with a deadline. Its context has the {@link Attempts}, which say how
	 * far the exchange came.
	 */
	private static final class Limited<T> extends AtomicInteger implements CoreSubscriber<T>, Subscription {

		private static final long serialVersionUID = 1L;

		private final transient Object what;

		private final transient CoreSubscriber<? super T> actual;

		private final transient Line line;

		private final transient Attempts attempts = new Attempts();

		private final transient Context context;

		private long deadline;

		private volatile boolean cancelled;

		private transient @Nullable Subscription upstream;

		Limited(Object what, CoreSubscriber<? super T> actual, Line line) {
			this.what = what;
			this.actual = actual;
			this.line = line;
			this.context = Blocking.notAwaited(actual.currentContext()).put(Attempts.class, this.attempts);
		}

		boolean isOver() {
			return get() != 0;
		}

		/**
		 * The first end is the one that counts.
		 */
		private boolean end() {
			boolean ended = compareAndSet(0, 1);
			if (ended) {
				this.line.remove(this);
			}
			return ended;
		}

		@Override
		public Context currentContext() {
			return this.context;
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			// Reactor subscribes once more where subscribing throws
			if (Operators.validate(this.upstream, subscription)) {
				this.upstream = subscription;
				this.actual.onSubscribe(this);
			}
		}

		@Override
		public void onNext(T value) {
			if (end()) {
				this.actual.onNext(value);
				this.actual.onComplete();
			}
			else {
				Operators.onDiscard(value, currentContext());
			}
		}

		@Override
		public void onComplete() {
			if (end()) {
				this.actual.onError(ExchangeErrors.noResponse(this.what));
			}
		}

		@Override
		public void onError(Throwable error) {
			if (end()) {
				this.actual.onError(ExchangeErrors.failed(this.what, error));
			}
		}

		/**
		 * Give up on the exchange, if it is not over: what cancelling it throws is of no
		 * interest to anybody any more.
		 */
		boolean giveUp() {
			boolean ended = end();
			if (ended && this.upstream != null) {
				try {
					this.upstream.cancel();
				}
				catch (Throwable ex) {
					Operators.onErrorDropped(ex, currentContext());
				}
			}
			return ended;
		}

		private void signal(Throwable error) {
			if (Blocking.isAwaited(this.actual.currentContext())) {
				this.actual.onError(error);
			}
			else {
				OwnThreads.SIGNALS.schedule(() -> {
					if (!this.cancelled) {
						this.actual.onError(error);
					}
				});
			}
		}

		/**
		 * Fail, also where what Reactor takes for fatal was thrown and not signalled.
		 */
		void fail(Throwable error) {
			if (this.upstream == null) {
				onSubscribe(Operators.emptySubscription());
			}
			if (giveUp()) {
				this.actual.onError(ExchangeErrors.failed(this.what, error));
			}
		}

		@Override
		public void request(long n) {
			if (this.upstream != null) {
				this.upstream.request(n);
			}
		}

		@Override
		public void cancel() {
			this.cancelled = true;
			giveUp();
		}

	}

}
