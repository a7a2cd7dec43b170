package io.kintospring.embedded.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.kintospring.embedded.resource.KintoRequest;
import io.kintospring.embedded.resource.KintoResponse;
import io.kintospring.embedded.resource.PendingRequest;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Rounds of requests. A round contains the requests that arrive before there is a pause,
 * so all of them are in flight at the same time.
 */
final class Rounds {

	private final Predicate<List<PendingRequest>> executor;

	private final Duration pause;

	private final Scheduler scheduler;

	private List<PendingRequest> arrived = new ArrayList<>();

	private Disposable timer = Disposables.disposed();

	/**
	 * Create rounds.
	 * @param executor executes a round, and returns whether another one must follow
	 * @param pause the pause that ends a round
	 * @param scheduler executes the rounds
	 */
	Rounds(Predicate<List<PendingRequest>> executor, Duration pause, Scheduler scheduler) {
		this.executor = executor;
		this.pause = pause;
		this.scheduler = scheduler;
	}

	Mono<KintoResponse> handle(KintoRequest request) {
		return Mono.create((response) -> add(new PendingRequest(request, response::success)));
	}

	private synchronized void add(PendingRequest request) {
		this.arrived.add(request);
		restartTimer();
	}

	private synchronized void restartTimer() {
		this.timer.dispose();
		this.timer = this.scheduler.schedule(this::execute, this.pause.toMillis(), TimeUnit.MILLISECONDS);
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
