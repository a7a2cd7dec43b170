package io.kintospring.embedded.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import io.kintospring.embedded.request.KintoRequest;
import io.kintospring.embedded.request.KintoResponse;
import io.kintospring.embedded.request.PendingRequest;
import io.kintospring.embedded.request.RequestTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Rounds}.
 */
class RoundsTests {

	private static final long PAUSE = 100;

	private final Timers timers = new Timers();

	@AfterEach
	void stop() {
		this.timers.shutdownNow();
	}

	@Test
	void failureOfRoundAnswersAllItsRequests() {
		Rounds rounds = rounds((requests) -> {
			throw new StackOverflowError();
		});
		List<CompletableFuture<KintoResponse>> responses = IntStream.range(0, 3)
			.mapToObj((i) -> rounds.handle(request()))
			.toList();
		this.timers.fire(PAUSE);
		assertThat(responses).allSatisfy((response) -> assertThat(response)
			.isCompletedWithValueMatching((value) -> value.status() == HttpStatus.INTERNAL_SERVER_ERROR));
	}

	@Test
	void roundFollowsFailedOne() {
		List<Integer> sizes = new ArrayList<>();
		Rounds rounds = rounds((requests) -> {
			sizes.add(requests.size());
			if (sizes.size() == 1) {
				throw new IllegalStateException();
			}
			return false;
		});
		rounds.handle(request());
		this.timers.fire(PAUSE);
		// it completes requests of earlier rounds
		this.timers.fire(PAUSE);
		assertThat(sizes).containsExactly(1, 0);
		assertThat(this.timers.running()).isEmpty();
	}

	@Test
	void roundEndsAlthoughRequestsKeepArriving() {
		List<Integer> sizes = new ArrayList<>();
		Rounds rounds = rounds((requests) -> {
			sizes.add(requests.size());
			return false;
		});
		IntStream.range(0, 30).forEach((i) -> rounds.handle(request()));
		assertThat(this.timers.running()).containsExactlyInAnyOrder(PAUSE, 10 * PAUSE);
		this.timers.fire(10 * PAUSE);
		assertThat(sizes).containsExactly(30);
		assertThat(this.timers.running()).isEmpty();
	}

	private Rounds rounds(Predicate<List<PendingRequest>> executor) {
		return new Rounds(executor, Duration.ofMillis(PAUSE), this.timers);
	}

	private static KintoRequest request() {
		return new KintoRequest(HttpMethod.GET, RequestTarget.parse("/", null), new HttpHeaders(), new byte[0], "");
	}

	/**
	 * Timers that fire on request only.
	 */
	private static final class Timers extends ScheduledThreadPoolExecutor {

		private final List<Timer> timers = new ArrayList<>();

		Timers() {
			super(1);
		}

		@Override
		public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
			ScheduledFuture<?> future = super.schedule(command, 1, TimeUnit.DAYS);
			this.timers.add(new Timer(command, unit.toMillis(delay), future));
			return future;
		}

		List<Long> running() {
			this.timers.removeIf((timer) -> timer.future().isDone());
			return this.timers.stream().map(Timer::milliseconds).toList();
		}

		void fire(long milliseconds) {
			running();
			Timer fired = this.timers.stream()
				.filter((timer) -> timer.milliseconds() == milliseconds)
				.findFirst()
				.orElseThrow();
			this.timers.remove(fired);
			fired.command().run();
		}

	}

	private record Timer(Runnable command, long milliseconds, ScheduledFuture<?> future) {

	}

}
