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
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * Limits the duration of exchanges to multiples of the timeout. One timer waits for the
 * oldest exchange. A timer for each exchange would wake the timer thread for every
 * request, although nearly all complete in time.
 */
final class RequestTimeouts implements AutoCloseable {

	private final long timeout;

	private final Map<Integer, Line> lines = new ConcurrentHashMap<>();

	private volatile boolean closed;

	RequestTimeouts(Duration timeout) {
		this.timeout = timeout.toNanos();
	}

	/**
	 * Limit the duration of an exchange. An expired exchange fails on a thread that may
	 * be blocked, so that its subscriber does not delay others. If a thread waits for the
	 * exchange, no other thread is needed.
	 * @param <T> the type of the result
	 * @param what the request, for messages
	 * @param exchange starts the exchange, whose progress it tracks
	 * @param timeouts the number of timeouts that it may take
	 * @return the result, which fails with exceptions of the client only
	 */
	<T> Mono<T> limit(Object what, Function<Attempts, Mono<T>> exchange, int timeouts) {
		Line line = this.lines.computeIfAbsent(timeouts, Line::new);
		return new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super T> actual) {
				Limited<T> limited = new Limited<>(what, actual, line);
				try {
					exchange.apply(limited.attempts).subscribe(limited);
				}
				catch (Throwable ex) {
					limited.fail(ex);
				}
				// time for subscribing, such as loading classes, does not count
				line.add(limited);
			}

		};
	}

	private static long now() {
		return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
	}

	@Override
	public void close() {
		this.closed = true;
		this.lines.values().forEach(Line::close);
	}

	/**
	 * Exchanges with the same limit, the oldest first.
	 */
	private final class Line {

		private final long duration;

		private final Set<Limited<?>> waiting = new LinkedHashSet<>();

		private boolean timed;

		Line(int timeouts) {
			this.duration = RequestTimeouts.this.timeout * timeouts;
		}

		void add(Limited<?> limited) {
			limited.deadline = now() + this.duration;
			synchronized (this.waiting) {
				if (limited.hasEnded()) {
					return;
				}
				this.waiting.add(limited);
				if (!this.timed && !RequestTimeouts.this.closed) {
					time(this.duration);
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

		private void time(long delay) {
			Schedulers.parallel()
				.schedule(() -> OwnThreads.TIMEOUTS.schedule(this::expire), delay, TimeUnit.NANOSECONDS);
			this.timed = true;
		}

		private void expire() {
			List<Limited<?>> late = new ArrayList<>();
			synchronized (this.waiting) {
				this.timed = false;
				for (Iterator<Limited<?>> oldest = this.waiting.iterator(); oldest.hasNext();) {
					Limited<?> limited = oldest.next();
					long remaining = limited.deadline - now();
					if (remaining > 0) {
						time(remaining);
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
		 * Fail exchanges, the youngest first, so that none starts because another one
		 * that it waits for ends.
		 */
		private static void expire(List<Limited<?>> oldestFirst, Function<Limited<?>, ? extends Throwable> error) {
			for (int i = oldestFirst.size() - 1; i >= 0; i--) {
				Limited<?> limited = oldestFirst.get(i);
				if (limited.abort()) {
					limited.signal(error.apply(limited));
				}
			}
		}

	}

	/**
	 * Exchange with a deadline. Its context contains the {@link Attempts}, which track
	 * how far the exchange got.
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

		boolean hasEnded() {
			return get() != 0;
		}

		/**
		 * Return whether this is the first signal that ends the exchange.
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
			// Reactor subscribes again if subscribing throws an exception
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
		 * Cancel the exchange if it has not ended. Exceptions of cancelling are dropped.
		 */
		boolean abort() {
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
		 * Fail, also if an exception was thrown that Reactor treats as fatal and does not
		 * signal.
		 */
		void fail(Throwable error) {
			if (this.upstream == null) {
				onSubscribe(Operators.emptySubscription());
			}
			if (abort()) {
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
			abort();
		}

	}

}
