package io.kintospring.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.kintospring.KintoBackoffMode;
import io.kintospring.KintoChanges;
import io.kintospring.KintoCheckpoint;
import io.kintospring.KintoObject;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoTimestamp;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.protocol.KintoSequence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the times of the polls of a watch, in virtual time.
 */
@Timeout(20)
class WatchTests {

	private static final Duration SOON = Duration.ofSeconds(5);

	private static final Duration INTERVAL = Duration.ofSeconds(30);

	private static final String DELETIONS = "_sort=-last_modified&_limit=100&eq_deleted=true&_since=%220%22 null";

	private final List<String> asked = new CopyOnWriteArrayList<>();

	private final Deque<KintoResponse> answers = new ArrayDeque<>();

	private final KintoTransport transport = (request) -> Mono.fromSupplier(() -> {
		this.asked.add(request.query() + " " + request.headers().getFirst("If-None-Match"));
		return this.answers.isEmpty() ? (request.headers().containsHeader("If-None-Match") ? unchanged() : nothing())
				: this.answers.poll();
	});

	/**
	 * The interval is longer than the settle time, so one poll after a change has no
	 * precondition.
	 */
	@Test
	void changesArePolledOncePerInterval() {
		answer(nothing(), page(9000, "a"), page(9000, "a"), unchanged(), page(12_000, "b"));
		StepVerifier.withVirtualTime(() -> client().stream(watch()).map(WatchTests::ids))
			.expectNext("a")
			.expectNoEvent(Duration.ofSeconds(89))
			.then(() -> assertThat(this.asked).containsExactly(DELETIONS, "_sort=last_modified null",
					"_sort=last_modified&_since=%224000%22 null", "_sort=last_modified&_since=%224000%22 \"9000\""))
			.thenAwait(Duration.ofSeconds(1))
			.expectNext("b")
			.thenAwait(INTERVAL)
			.then(() -> assertThat(this.asked).hasSize(6)
				.last()
				.isEqualTo("_sort=last_modified&_since=%227000%22 null"))
			.thenCancel()
			.verify(SOON);
		assertThat(this.asked).hasSize(6);
	}

	@Test
	void changeThatBecomesVisibleLateIsDeliveredOnceInTime() {
		answer(page(9000, "a"), page(9000, "a", "late"), page(9000, "a", "late"));
		StepVerifier
			.withVirtualTime(() -> client()
				.stream(Calls.KINTO.bucket("b").collection("c").watch(since(1), Duration.ofSeconds(1)))
				.map(WatchTests::ids))
			.expectNext("a")
			.expectNoEvent(Duration.ofMillis(999))
			.thenAwait(Duration.ofMillis(1))
			.expectNext("late")
			.expectNoEvent(Duration.ofMinutes(5))
			.thenCancel()
			.verify(SOON);
	}

	/**
	 * The latest deadline wins, even if later responses do not repeat it.
	 */
	@Test
	void backoffExtendsThePause() {
		answer(nothing("Backoff", "100"), nothing());
		StepVerifier.withVirtualTime(() -> client().stream(watchSince(9000)))
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

	/**
	 * A poll during the backoff would end the watch in the other modes.
	 */
	@ParameterizedTest
	@EnumSource(KintoBackoffMode.class)
	void backoffOfAnotherCallExtendsThePause(KintoBackoffMode mode) {
		KintoClient client = client().mutate().backoffMode(mode).build();
		answer(nothing(), Calls.found("Backoff", "100"));
		StepVerifier.withVirtualTime(() -> client.stream(watchSince(9000)))
			.expectSubscription()
			.thenAwait(Duration.ofSeconds(10))
			.then(() -> client.execute(Calls.GET).block())
			.then(() -> assertThat(this.asked).hasSize(2))
			.thenAwait(Duration.ofSeconds(99))
			.then(() -> assertThat(this.asked).hasSize(2))
			.thenAwait(Duration.ofSeconds(1))
			.then(() -> assertThat(this.asked).hasSize(3))
			.thenCancel()
			.verify(SOON);
	}

	@Test
	void backoffOfAnotherCallExtendsThePauseOfABlockingWatch() {
		VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
		try {
			KintoClient client = client();
			answer(nothing(), Calls.found("Backoff", "100"), page(9000, "a"));
			CompletableFuture<String> seen = new CompletableFuture<>();
			Thread consumer = new Thread(() -> {
				try (Stream<KintoChanges<Map<String, Object>>> changes = client.blocking().stream(watchSince(8500))) {
					seen.complete(ids(changes.iterator().next()));
				}
			});
			consumer.start();
			await().until(() -> this.asked.size() == 1 && consumer.getState() == Thread.State.WAITING);
			client.execute(Calls.GET).block();
			time.advanceTimeBy(INTERVAL);
			await().until(() -> this.asked.size() > 2 || consumer.getState() == Thread.State.WAITING);
			assertThat(this.asked).hasSize(2);
			await().until(() -> {
				time.advanceTimeBy(Duration.ofSeconds(1));
				return this.asked.size() == 3;
			});
			assertThat(seen).succeedsWithin(SOON).isEqualTo("a");
			assertThat(time.now(TimeUnit.SECONDS)).isGreaterThanOrEqualTo(100);
		}
		finally {
			VirtualTimeScheduler.reset();
		}
	}

	@Test
	void pauseIsNeverShorterThanTheInterval() {
		answer(nothing("Backoff", "2"));
		StepVerifier.withVirtualTime(() -> client().stream(watchSince(9000)))
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
		KintoResponse first = page(20_000, "a");
		first.headers().set("Next-Page", "http://h/v1/x?_token=2");
		first.headers().set("Backoff", "100");
		answer(nothing(), first, page(20_000, "b"));
		StepVerifier.withVirtualTime(() -> client().stream(watch()).map(WatchTests::ids))
			.expectNext("a", "b")
			.expectNoEvent(Duration.ofSeconds(99))
			.thenCancel()
			.verify(SOON);
		assertThat(this.asked).hasSize(3);
	}

	@Test
	void watchEndsWithTheFirstErrorAndCanBeResumed() {
		answer(nothing(), page(9000, "a"), Calls.answer(500, ""), page(9500, "a", "b"));
		KintoCheckpoint[] checkpoint = new KintoCheckpoint[1];
		StepVerifier.withVirtualTime(() -> client().stream(watch()).doOnNext((c) -> checkpoint[0] = c.checkpoint()))
			.expectNextCount(1)
			.thenAwait(INTERVAL)
			.expectError(KintoResponseException.class)
			.verify(SOON);
		StepVerifier.create(client().stream(watch(checkpoint[0])).map(WatchTests::ids))
			.expectNext("b")
			.thenCancel()
			.verify(SOON);
		assertThat(this.asked).last().isEqualTo("_sort=last_modified&_since=%224000%22 null");
	}

	/**
	 * Changes do not queue up if the consumer is slow.
	 */
	@Test
	void slowConsumerDelaysPolls() {
		answer(nothing());
		for (int i = 0; i < 50; i++) {
			answer(page(9000 + i, "r" + i));
		}
		StepVerifier.withVirtualTime(() -> client().stream(watch()).map(WatchTests::ids), 1)
			.expectNext("r0")
			.thenAwait(Duration.ofHours(1))
			.then(() -> assertThat(this.asked).hasSizeLessThanOrEqualTo(4))
			.thenRequest(1)
			.expectNext("r1")
			.thenCancel()
			.verify(SOON);
	}

	@Test
	void watchIsCancelledDuringAPause() {
		answer(nothing(), page(9000, "a"));
		StepVerifier.withVirtualTime(() -> client().stream(watch()).take(1))
			.expectNextCount(1)
			.expectComplete()
			.verify(SOON);
		assertThat(this.asked).hasSize(2);
	}

	@Test
	void blockingWatchReturnsChangesUntilItIsClosed() {
		VirtualTimeScheduler.getOrSet();
		try {
			answer(nothing(), page(9000, "a"));
			try (Stream<KintoChanges<Map<String, Object>>> changes = client().blocking().stream(watch())) {
				assertThat(ids(changes.iterator().next())).isEqualTo("a");
			}
			VirtualTimeScheduler.get().advanceTimeBy(Duration.ofHours(1));
			assertThat(this.asked).hasSize(2);
		}
		finally {
			VirtualTimeScheduler.reset();
		}
	}

	@Test
	void blockingWatchThatIsClosedDuringAPauseEndsAtOnce() {
		answer(nothing(), page(9000, "a"));
		Stream<KintoChanges<Map<String, Object>>> changes = client().blocking().stream(watch());
		CompletableFuture<List<String>> seen = new CompletableFuture<>();
		Thread consumer = new Thread(() -> seen.complete(changes.map(WatchTests::ids).toList()));
		consumer.start();
		await().until(() -> this.asked.size() == 2 && consumer.getState() == Thread.State.WAITING);
		changes.close();
		assertThat(seen).succeedsWithin(SOON).isEqualTo(List.of("a"));
	}

	private void answer(KintoResponse... answers) {
		this.answers.addAll(Arrays.asList(answers));
	}

	private KintoClient client() {
		return KintoClient.builder(this.transport).clock(SchedulersClock.create()).build();
	}

	private static KintoSequence<KintoChanges<Map<String, Object>>> watch() {
		return watch(null);
	}

	private static KintoSequence<KintoChanges<Map<String, Object>>> watchSince(long since) {
		return watch(since(since));
	}

	private static KintoSequence<KintoChanges<Map<String, Object>>> watch(@Nullable KintoCheckpoint checkpoint) {
		return Calls.KINTO.bucket("b").collection("c").watch(checkpoint, INTERVAL);
	}

	private static KintoCheckpoint since(long version) {
		return KintoCheckpoint.of(KintoTimestamp.of(version));
	}

	private static String ids(KintoChanges<?> changes) {
		return String.join(",", changes.saved().stream().map(KintoObject::id).toList());
	}

	private static KintoResponse unchanged() {
		return Calls.answer(304, "");
	}

	private static KintoResponse nothing(String... headers) {
		KintoResponse response = page(9000);
		for (int i = 0; i < headers.length; i += 2) {
			response.headers().set(headers[i], headers[i + 1]);
		}
		return response;
	}

	/**
	 * Return a page of a list with a version. The records {@code a} and {@code late}
	 * always have the same version.
	 */
	private static KintoResponse page(long version, String... ids) {
		List<String> records = Stream.of(ids)
			.map((id) -> "{\"id\":\"%s\",\"last_modified\":%d}".formatted(id,
					Map.of("a", 9000L, "late", 8000L).getOrDefault(id, version)))
			.toList();
		return Calls.answer(200, "{\"data\":" + records + "}", "ETag", "\"" + version + "\"");
	}

}
