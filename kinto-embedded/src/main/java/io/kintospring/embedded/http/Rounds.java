package io.kintospring.embedded.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.request.KintoRequest;
import io.kintospring.embedded.request.KintoResponse;
import io.kintospring.embedded.request.PendingRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rounds of requests. A round contains the requests that arrive before there is a pause,
 * so all of them are in flight at the same time. A round that gets too old ends without a
 * pause.
 */
final class Rounds {

	private static final int MAX_PAUSES = 10;

	private static final Logger logger = LoggerFactory.getLogger(Rounds.class);

	private final Predicate<List<PendingRequest>> executor;

	private final Duration pause;

	private final ScheduledExecutorService threads;

	/**
	 * Lock that keeps the order of the rounds.
	 */
	private final Object execution = new Object();

	private List<PendingRequest> arrived = new ArrayList<>();

	private @Nullable Future<?> timer;

	private @Nullable Future<?> deadline;

	/**
	 * Create rounds.
	 * @param executor executes a round, and returns whether another one must follow
	 * @param pause the pause that ends a round
	 * @param threads executes the rounds
	 */
	Rounds(Predicate<List<PendingRequest>> executor, Duration pause, ScheduledExecutorService threads) {
		this.executor = executor;
		this.pause = pause;
		this.threads = threads;
	}

	CompletableFuture<KintoResponse> handle(KintoRequest request) {
		CompletableFuture<KintoResponse> response = new CompletableFuture<>();
		add(new PendingRequest(request, response::complete));
		return response;
	}

	private synchronized void add(PendingRequest request) {
		if (this.arrived.isEmpty()) {
			this.deadline = schedule(this.pause.multipliedBy(MAX_PAUSES));
		}
		this.arrived.add(request);
		restartTimer();
	}

	private synchronized void restartTimer() {
		cancel(this.timer);
		this.timer = schedule(this.pause);
	}

	private Future<?> schedule(Duration delay) {
		return this.threads.schedule(this::execute, delay.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void execute() {
		synchronized (this.execution) {
			if (handle(next())) {
				restartTimer();
			}
		}
	}

	private boolean handle(List<PendingRequest> round) {
		try {
			return this.executor.test(round);
		}
		catch (RuntimeException | Error ex) {
			logger.error("Failed to handle a round of {} requests", round.size(), ex);
			round.forEach((request) -> request.response().accept(KintoError.unexpected().response()));
			// requests of the previous round can still wait
			return !round.isEmpty();
		}
	}

	private synchronized List<PendingRequest> next() {
		cancel(this.timer);
		cancel(this.deadline);
		List<PendingRequest> next = this.arrived;
		this.arrived = new ArrayList<>();
		return next;
	}

	private static void cancel(@Nullable Future<?> timer) {
		if (timer != null) {
			timer.cancel(false);
		}
	}

}
