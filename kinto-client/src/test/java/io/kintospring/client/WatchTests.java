package io.kintospring.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.kintospring.KintoChanges;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoTimestamp;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.protocol.KintoSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the times of the polls of a watch, in virtual time.
 */
@Timeout(20)
class WatchTests {

	private static final Duration SOON = Duration.ofSeconds(5);

	private static final Duration INTERVAL = Duration.ofSeconds(30);

	private final List<String> asked = new CopyOnWriteArrayList<>();

	private final Deque<KintoResponse> answers = new ArrayDeque<>();

	private final KintoTransport transport = (request) -> Mono.fromSupplier(() -> {
		this.asked.add(request.query() + " " + request.headers().getFirst("If-None-Match"));
		return this.answers.isEmpty() ? unchanged() : this.answers.poll();
	});

	@Test
	void changesArePolledOncePerInterval() {
		answer(page(9, "a"), unchanged(), unchanged(), page(12, "b"));
		StepVerifier.withVirtualTime(() -> client().stream(watch()).map(WatchTests::ids))
			.expectNext("a")
			.expectNoEvent(Duration.ofSeconds(89))
			.then(() -> assertThat(this.asked).containsExactly("_sort=last_modified null",
					"_sort=last_modified&_since=%229%22 \"9\"", "_sort=last_modified&_since=%229%22 \"9\""))
			.thenAwait(Duration.ofSeconds(1))
			.expectNext("b")
			.thenAwait(INTERVAL)
			.then(() -> assertThat(this.asked).hasSize(5)
				.last()
				.isEqualTo("_sort=last_modified&_since=%2212%22 \"12\""))
			.thenCancel()
			.verify(SOON);
		assertThat(this.asked).hasSize(5);
	}

	/**
	 * The latest deadline wins, even if later responses do not repeat it.
	 */
	@Test
	void backoffExtendsThePause() {
		answer(unchanged("Backoff", "100"), unchanged());
		StepVerifier.withVirtualTime(() -> client().stream(watchSince(9)))
			.expectSubscription()
			.then(() -> assertThat(this.asked).hasSize(1))
			.thenAwait(Duration.ofSeconds(99))
			.then(() -> assertThat(this.asked).hasSize(1))
			.thenAwait(Duration.ofSeconds(1))
			.then(() -> assertThat(this.asked).hasSize(2))
			.thenAwait(INTERVAL)
			.then(() -> assertThat(this.asked).hasSize(3))
			.thenCancel()
			.verify(SOON);
	}

	@Test
	void pauseIsNeverShorterThanTheInterval() {
		answer(unchanged("Backoff", "2"));
		StepVerifier.withVirtualTime(() -> client().stream(watchSince(9)))
			.expectSubscription()
			.thenAwait(Duration.ofSeconds(29))
			.then(() -> assertThat(this.asked).hasSize(1))
			.thenAwait(Duration.ofSeconds(1))
			.then(() -> assertThat(this.asked).hasSize(2))
			.thenCancel()
			.verify(SOON);
	}

	@Test
	void pagesOfOnePollAreNotDelayed() {
		KintoResponse first = page(20, "a");
		first.headers().set("Next-Page", "http://h/v1/x?_token=2");
		first.headers().set("Backoff", "100");
		answer(first, page(20, "b"));
		StepVerifier.withVirtualTime(() -> client().stream(watch()).map(WatchTests::ids))
			.expectNext("a", "b")
			.expectNoEvent(Duration.ofSeconds(99))
			.thenCancel()
			.verify(SOON);
		assertThat(this.asked).hasSize(2);
	}

	@Test
	void watchEndsWithTheFirstErrorAndCanBeResumed() {
		answer(page(9, "a"), Calls.answer(500, ""), page(12, "b"));
		KintoTimestamp[] checkpoint = new KintoTimestamp[1];
		StepVerifier.withVirtualTime(() -> client().stream(watch()).doOnNext((c) -> checkpoint[0] = c.checkpoint()))
			.expectNextCount(1)
			.thenAwait(INTERVAL)
			.expectError(KintoResponseException.class)
			.verify(SOON);
		assertThat(checkpoint[0]).isEqualTo(KintoTimestamp.of(9));
		StepVerifier.create(client().stream(watchSince(9)).map(WatchTests::ids))
			.expectNext("b")
			.thenCancel()
			.verify(SOON);
		assertThat(this.asked).last().isEqualTo("_sort=last_modified&_since=%229%22 \"9\"");
	}

	/**
	 * Changes do not queue up if the consumer is slow.
	 */
	@Test
	void slowConsumerDelaysPolls() {
		for (int i = 0; i < 50; i++) {
			answer(page(10 + i, "r" + i));
		}
		StepVerifier.withVirtualTime(() -> client().stream(watch()).map(WatchTests::ids), 1)
			.expectNext("r0")
			.thenAwait(Duration.ofHours(1))
			.then(() -> assertThat(this.asked).hasSizeLessThanOrEqualTo(3))
			.thenRequest(1)
			.expectNext("r1")
			.thenCancel()
			.verify(SOON);
	}

	@Test
	void watchIsCancelledDuringAPause() {
		answer(page(9, "a"));
		StepVerifier.withVirtualTime(() -> client().stream(watch()).take(1))
			.expectNextCount(1)
			.expectComplete()
			.verify(SOON);
		assertThat(this.asked).hasSize(1);
	}

	@Test
	void blockingWatchReturnsChangesUntilItIsClosed() {
		VirtualTimeScheduler.getOrSet();
		try {
			answer(page(9, "a"));
			try (Stream<KintoChanges<Map<String, Object>>> changes = client().blocking().stream(watch())) {
				assertThat(ids(changes.iterator().next())).isEqualTo("a");
			}
			VirtualTimeScheduler.get().advanceTimeBy(Duration.ofHours(1));
			assertThat(this.asked).hasSize(1);
		}
		finally {
			VirtualTimeScheduler.reset();
		}
	}

	private void answer(KintoResponse... answers) {
		this.answers.addAll(Arrays.asList(answers));
	}

	private KintoClient client() {
		return KintoClient.builder(this.transport).clock(new SchedulersClock()).build();
	}

	private static KintoSequence<KintoChanges<Map<String, Object>>> watch() {
		return Calls.KINTO.bucket("b").collection("c").watch(null, INTERVAL);
	}

	private static KintoSequence<KintoChanges<Map<String, Object>>> watchSince(long since) {
		return Calls.KINTO.bucket("b").collection("c").watch(KintoTimestamp.of(since), INTERVAL);
	}

	private static String ids(KintoChanges<?> changes) {
		return changes.saved().isEmpty() ? "" : changes.saved().get(0).id();
	}

	private static KintoResponse unchanged(String... headers) {
		return Calls.answer(304, "", headers);
	}

	private static KintoResponse page(long version, String id) {
		return Calls.answer(200, "{\"data\":[{\"id\":\"" + id + "\",\"last_modified\":" + version + "}]}", "ETag",
				"\"" + version + "\"");
	}

	/**
	 * Virtual time of the schedulers.
	 */
	private static final class SchedulersClock extends Clock {

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return Instant.ofEpochMilli(Schedulers.parallel().now(TimeUnit.MILLISECONDS));
		}

	}

}
