package io.kintospring.template;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kintospring.KintoBatchProgress;
import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.KintoRetry;
import io.kintospring.client.KintoClient;
import io.kintospring.protocol.BatchResult.Outcome;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Batches of any size, with a server that accepts 100 calls in a request and rejects
 * every seventh call.
 */
class BatchStreamTests {

	private static final KintoCalls CALLS = new KintoCalls(new JsonMapper(), KintoOptions.of(), "b");

	private static final int MANY = 2500;

	private final AtomicInteger requests = new AtomicInteger();

	private final AtomicInteger made = new AtomicInteger();

	private final AtomicInteger answered = new AtomicInteger();

	private int failingRequest = -1;

	private boolean unreadable;

	private final KintoClient client = KintoClient.builder((request) -> Mono.fromSupplier(() -> response(request)))
		.retry(KintoRetry.none())
		.build();

	private KintoResponse response(KintoRequest request) {
		if (request.path().equals("/")) {
			return response(200, "{\"http_api_version\":\"1.0\",\"settings\":{\"batch_max_requests\":100}}");
		}
		if (this.requests.getAndIncrement() == this.failingRequest) {
			return response(503, "{}");
		}
		StringBuilder responses = new StringBuilder();
		for (int i = 0; i < 100; i++) {
			int number = this.answered.getAndIncrement();
			responses.append(responses.isEmpty() ? "" : ",")
				.append(this.unreadable ? "5" : (number % 7 == 6)
						? "{\"status\":403,\"headers\":{},\"body\":{\"errno\":121}}"
						: "{\"status\":201,\"headers\":{},\"body\":{\"data\":{\"id\":\"r%d\",\"last_modified\":5}}}"
							.formatted(number));
		}
		return response(200, "{\"responses\":[" + responses + "]}");
	}

	private static KintoResponse response(int status, String body) {
		return new KintoResponse(status, new HttpHeaders(), body.getBytes(StandardCharsets.UTF_8));
	}

	private Stream<KintoCall<KintoObject<Map<String, Object>>>> calls(int count) {
		return IntStream.range(0, count).mapToObj((i) -> {
			this.made.incrementAndGet();
			return CALLS.bucket().collection("c").create("r" + i, Map.of());
		});
	}

	@Test
	void outcomesAreOrderedAndIncludeFailures() {
		List<KintoBatchProgress> progress = new ArrayList<>();
		List<Outcome<KintoObject<Map<String, Object>>>> outcomes = new KintoTemplate(this.client, CALLS)
			.batch(calls(MANY), (o) -> o.onProgress(progress::add))
			.toList();
		assertOutcomes(outcomes);
		assertThat(progress).hasSize(25).last().isEqualTo(new KintoBatchProgress(MANY, MANY / 7, MANY));
		assertThat(progress).extracting(KintoBatchProgress::done).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void reactiveOutcomesAreOrderedAndIncludeFailures() {
		List<KintoBatchProgress> progress = new ArrayList<>();
		StepVerifier
			.create(new ReactiveKintoTemplate(this.client, CALLS)
				.batch(Flux.fromStream(() -> calls(MANY)), (o) -> o.onProgress(progress::add))
				.collectList())
			.assertNext(BatchStreamTests::assertOutcomes)
			.expectComplete()
			.verify(Duration.ofSeconds(10));
		assertThat(progress).hasSize(25).last().isEqualTo(new KintoBatchProgress(MANY, MANY / 7, MANY));
	}

	private static void assertOutcomes(List<Outcome<KintoObject<Map<String, Object>>>> outcomes) {
		assertThat(outcomes).hasSize(MANY);
		for (int i = 0; i < MANY; i++) {
			Outcome<KintoObject<Map<String, Object>>> outcome = outcomes.get(i);
			assertThat(outcome.status()).isEqualTo((i % 7 == 6) ? 403 : 201);
			if (outcome.isPublished()) {
				assertThat(outcome.get().id()).isEqualTo("r" + i);
			}
		}
	}

	@Test
	void callsAreCreatedAsOutcomesAreConsumed() {
		try (Stream<Outcome<KintoObject<Map<String, Object>>>> outcomes = new KintoTemplate(this.client, CALLS)
			.batch(calls(100_000))) {
			assertThat(this.made).hasValue(0);
			Iterator<?> iterator = outcomes.iterator();
			iterator.next();
			assertThat(this.made).hasValueLessThanOrEqualTo(2000);
		}
		this.made.set(0);
		StepVerifier
			.create(new ReactiveKintoTemplate(this.client, CALLS).batch(Flux.fromStream(() -> calls(100_000))), 1)
			.expectNextCount(1)
			.thenCancel()
			.verify(Duration.ofSeconds(10));
		assertThat(this.made).hasValueLessThanOrEqualTo(3000);
	}

	@Test
	void outcomesEndWhenBatchStops() {
		this.failingRequest = 12;
		assertStopped(
				new KintoTemplate(this.client, CALLS).batch(calls(100_000), (o) -> o.stopAtFailedRequest()).toList());
		this.requests.set(0);
		assertStopped(new ReactiveKintoTemplate(this.client, CALLS)
			.batch(Flux.fromStream(() -> calls(100_000)), (o) -> o.stopAtFailedRequest())
			.collectList()
			.block(Duration.ofSeconds(10)));
	}

	private void assertStopped(List<Outcome<KintoObject<Map<String, Object>>>> outcomes) {
		assertThat(outcomes).hasSize(2000);
		assertThat(outcomes.subList(0, 1200)).allMatch((outcome) -> outcome.status() != 0);
		assertThat(outcomes.subList(1200, 1300)).allMatch((outcome) -> outcome.error() != null);
		assertThat(outcomes.subList(1300, 2000))
			.allMatch((outcome) -> outcome.error() == null && !outcome.isPublished());
		assertThat(this.requests).hasValue(13);
	}

	/**
	 * The calls of full batches were sent, so their outcomes must not be lost.
	 */
	@Test
	void outcomesPrecedeTheFailureOfTheSource() {
		Iterator<?> outcomes = new KintoTemplate(this.client, CALLS)
			.batch(Stream.concat(calls(MANY), Stream.generate(() -> {
				throw new IllegalStateException("invalid");
			})))
			.iterator();
		for (int i = 0; i < 2000; i++) {
			outcomes.next();
		}
		assertThatIllegalStateException().isThrownBy(outcomes::next).withMessage("invalid");
		CountDownLatch failed = new CountDownLatch(1);
		Flux<KintoCall<KintoObject<Map<String, Object>>>> source = Flux.fromStream(() -> calls(MANY));
		StepVerifier
			.create(new ReactiveKintoTemplate(this.client, CALLS)
				.batch(source.concatWith(Flux.error(new IllegalStateException("invalid")))
					.doOnError((ex) -> failed.countDown())), 1)
			.expectNextCount(1)
			.then(() -> await(failed))
			.thenRequest(Long.MAX_VALUE)
			.expectNextCount(1999)
			.expectErrorMessage("invalid")
			.verify(Duration.ofSeconds(10));
	}

	/**
	 * A batch in flight is not cancelled, because its calls may have been applied.
	 */
	@Test
	void failureOfTheSourceDoesNotCancelARequest() {
		Sinks.Many<KintoCall<KintoObject<Map<String, Object>>>> source = Sinks.many().unicast().onBackpressureBuffer();
		KintoClient failing = KintoClient.builder((request) -> Mono.fromSupplier(() -> {
			if (request.path().equals("/batch")) {
				source.tryEmitError(new IllegalStateException("invalid"));
			}
			return response(request);
		})).build();
		calls(1000).forEach(source::tryEmitNext);
		StepVerifier.create(new ReactiveKintoTemplate(failing, CALLS).batch(source.asFlux()))
			.expectNextCount(1000)
			.expectErrorMessage("invalid")
			.verify(Duration.ofSeconds(10));
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void unreadableOutcomeStopsNothing() {
		this.unreadable = true;
		assertThat(new KintoTemplate(this.client, CALLS).batch(calls(MANY), (o) -> o.stopAtFailedRequest()).toList())
			.hasSize(MANY);
	}

	@Test
	void outcomesAreOrdered() {
		try (Stream<Outcome<KintoObject<Map<String, Object>>>> outcomes = new KintoTemplate(this.client, CALLS)
			.batch(calls(5))) {
			assertThat(outcomes.spliterator().hasCharacteristics(Spliterator.ORDERED)).isTrue();
		}
	}

	@Test
	void reactiveBatchSignalsInvalidOptions() {
		StepVerifier
			.create(new ReactiveKintoTemplate(this.client, CALLS)
				.batch(Flux.<KintoCall<KintoObject<Map<String, Object>>>>empty(), (o) -> o.maxRequests(0)))
			.expectError(IllegalArgumentException.class)
			.verify(Duration.ofSeconds(10));
	}

	@Test
	void closingOutcomesClosesSource() {
		AtomicInteger closed = new AtomicInteger();
		new KintoTemplate(this.client, CALLS).batch(calls(5).onClose(closed::incrementAndGet)).close();
		assertThat(closed).hasValue(1);
		assertThat(this.requests).hasValue(0);
	}

}
