package io.kintospring.embedded.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.kintospring.embedded.resource.KintoRequest;
import io.kintospring.embedded.resource.KintoResponse;
import io.kintospring.embedded.resource.PendingRequest;
import org.jspecify.annotations.Nullable;

/**
 * Rounds of requests. A round contains the requests that arrive before there is a pause,
 * so all of them are in flight at the same time.
 */
final class Rounds {

	private final Predicate<List<PendingRequest>> executor;

	private final Duration pause;

	private final ScheduledExecutorService threads;

	private List<PendingRequest> arrived = new ArrayList<>();

	private @Nullable Future<?> timer;

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
		this.arrived.add(request);
		restartTimer();
	}

	private synchronized void restartTimer() {
		if (this.timer != null) {
			this.timer.cancel(false);
		}
		this.timer = this.threads.schedule(this::execute, this.pause.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void execute() {
		if (this.executor.test(next())) {
			restartTimer();
		}
	}

	private synchronized List<PendingRequest> next() {
		List<PendingRequest> next = this.arrived;
		this.arrived = new ArrayList<>();
		return next;
	}

}
