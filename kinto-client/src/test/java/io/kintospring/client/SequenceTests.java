package io.kintospring.client;

import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kintospring.KintoObject;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoTransportException;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.protocol.KintoSequence;
import io.kintospring.query.KintoQuery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link SequenceRunner}: lists are read page by page, lazily, with at most one
 * page ahead.
 */
@Timeout(20)
class SequenceTests {

	private static final Duration SOON = Duration.ofSeconds(5);

	private final PagedTransport transport = new PagedTransport(4, 3);

	private static final KintoResponse BROKEN = new KintoResponse(500, new HttpHeaders(), new byte[0]);

	@Test
	void streamIsLazy() {
		try (Stream<String> stream = stream()) {
			flux();
			assertThat(this.transport.asked()).isEmpty();
			assertThat(stream).hasSize(12);
		}
		assertThat(this.transport.asked()).containsExactly(1, 2, 3, 4);
	}

	@Test
	void wholeListIsReadInOrder() {
		List<String> all = IntStream.range(0, 12).mapToObj(Integer::toString).toList();
		assertThat(stream()).isEqualTo(all);
		assertThat(flux().collectList().block(SOON)).isEqualTo(all);
	}

	@Test
	void numberOfPagesIsLimited() {
		assertThat(stream((q) -> q.pages(2))).hasSize(6);
		assertThat(this.transport.asked()).containsExactly(1, 2);
		assertThat(flux((q) -> q.pages(1)).collectList().block(SOON)).hasSize(3);
		assertThat(this.transport.asked()).containsExactly(1, 2, 1);
	}

	/**
	 * The next page is fetched while one is consumed, and no further one.
	 */
	@ParameterizedTest
	@CsvSource({ "1, 2", "2, 2", "3, 2", "4, 3", "6, 3", "7, 4", "9, 4", "10, 4", "12, 4" })
	void limitedStreamRequestsAtMostOnePageAhead(int limit, int pages) {
		assertThat(stream().limit(limit)).hasSize(limit);
		assertThat(this.transport.asked()).hasSize(pages);
		this.transport.asked().clear();
		assertThat(flux().take(limit).collectList().block(SOON)).hasSize(limit);
		assertThat(this.transport.asked()).hasSize(pages);
	}

	@Test
	void iteratorRequestsAtMostOnePageAhead() {
		Iterator<String> iterator = stream().iterator();
		for (int i = 0; i < 12; i++) {
			assertThat(iterator.next()).isEqualTo(Integer.toString(i));
			assertThat(this.transport.asked()).hasSize(Math.min(4, i / 3 + 2));
		}
		assertThat(iterator.hasNext()).isFalse();
	}

	@Test
	void fluxRequestsAtMostOnePageAheadOfASlowSubscriber() {
		StepVerifier.create(flux(), 0)
			.expectSubscription()
			.then(() -> assertThat(this.transport.asked()).hasSizeLessThanOrEqualTo(2))
			.thenRequest(1)
			.expectNext("0")
			.then(() -> assertThat(this.transport.asked()).containsExactly(1, 2))
			.thenRequest(2)
			.expectNext("1", "2")
			.then(() -> assertThat(this.transport.asked()).containsExactly(1, 2))
			.thenRequest(1)
			.expectNext("3")
			.then(() -> assertThat(this.transport.asked()).containsExactly(1, 2, 3))
			.thenCancel()
			.verify(SOON);
		assertThat(this.transport.asked()).containsExactly(1, 2, 3);
	}

	/**
	 * The user can depend on the context of the subscription.
	 */
	@Test
	void everyPageIsRequestedInTheContextOfTheSubscriber() {
		List<String> users = new ArrayList<>();
		KintoClient client = KintoClient.builder(this.transport)
			.authentication(() -> Mono.deferContextual((context) -> {
				users.add(context.get("user"));
				return Mono.just("Bearer token");
			}))
			.build();
		client.stream(sequence((q) -> q)).contextWrite((context) -> context.put("user", "alice")).blockLast(SOON);
		assertThat(users).containsExactly("alice", "alice", "alice", "alice");
	}

	@Test
	void cancellationCancelsTheExchange() {
		this.transport.answer(2, Mono.never());
		StepVerifier.create(flux()).expectNext("0", "1", "2").thenCancel().verify(SOON);
		assertThat(this.transport.cancelled()).isEqualTo(1);
		assertThat(this.transport.asked()).containsExactly(1, 2);
	}

	@Test
	void closingCancelsTheExchange() {
		this.transport.answer(2, Mono.never());
		try (Stream<String> stream = stream()) {
			assertThat(stream.iterator().next()).isEqualTo("0");
			assertThat(this.transport.asked()).containsExactly(1, 2);
			assertThat(this.transport.cancelled()).isZero();
		}
		assertThat(this.transport.cancelled()).isEqualTo(1);
	}

	@Test
	void closingOnAnotherThreadEndsAWaitingStream() throws InterruptedException {
		CountDownLatch asked = new CountDownLatch(1);
		this.transport.answer(2, Mono.<KintoResponse>never().doOnSubscribe((subscription) -> asked.countDown()));
		Stream<String> stream = stream();
		List<String> seen = new ArrayList<>();
		CountDownLatch first = new CountDownLatch(3);
		CompletableFuture<Void> consumer = CompletableFuture.runAsync(() -> stream.forEach((id) -> {
			seen.add(id);
			first.countDown();
		}));
		assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
		assertThat(first.await(5, TimeUnit.SECONDS)).isTrue();
		stream.close();
		assertThat(consumer).succeedsWithin(SOON);
		assertThat(seen).containsExactly("0", "1", "2");
		assertThat(this.transport.asked()).containsExactly(1, 2);
	}

	@Test
	void errorComesAfterTheElementsBeforeIt() {
		this.transport.answer(3, Mono.just(BROKEN));
		List<String> seen = new ArrayList<>();
		assertThatExceptionOfType(KintoResponseException.class).isThrownBy(() -> stream().forEach(seen::add))
			.withMessage("streamRecords GET /buckets/b/collections/c/records: 500 Internal Server Error");
		assertThat(seen).hasSize(6);
		StepVerifier.create(flux())
			.expectNextCount(6)
			.expectErrorMessage("streamRecords GET /buckets/b/collections/c/records: 500 Internal Server Error")
			.verify(SOON);
	}

	@Test
	void unreadableElementIsAnErrorAfterTheElementsBeforeIt() {
		byte[] body = """
				{"data": [{"id": "3", "last_modified": 4}, {"id": "4"}, {"id": "5", "last_modified": 6}]}"""
			.getBytes(StandardCharsets.UTF_8);
		this.transport.answer(2, Mono.just(new KintoResponse(200, new HttpHeaders(), body)));
		List<String> seen = new ArrayList<>();
		assertThatExceptionOfType(KintoResponseException.class).isThrownBy(() -> stream().forEach(seen::add))
			.withMessageStartingWith("streamRecords GET /buckets/b/collections/c/records: the response (200) cannot be"
					+ " read as a list of Map: object '4': an object has no 'id' or no 'last_modified'");
		assertThat(seen).containsExactly("0", "1", "2", "3");
		StepVerifier.create(flux())
			.expectNext("0", "1", "2", "3")
			.expectError(KintoResponseException.class)
			.verify(SOON);
	}

	/**
	 * After an error, the stream returns neither further records nor its end.
	 */
	@Test
	void errorEndsTheStreamAndCancelsThePageAhead() {
		byte[] body = """
				{"data": [{"id": "0", "last_modified": 1}, {"id": 1, "number": {"id": "x", "last_modified": 2}, "tags": []}]}"""
			.getBytes(StandardCharsets.UTF_8);
		HttpHeaders headers = new HttpHeaders();
		headers.set("Next-Page", "http://h/v1/x?_token=2");
		this.transport.answer(1, Mono.just(new KintoResponse(200, headers, body))).answer(2, Mono.never());
		try (Stream<KintoObject<Counted>> stream = KintoClient.builder(this.transport)
			.build()
			.blocking()
			.stream(counted())) {
			Iterator<KintoObject<Counted>> iterator = stream.iterator();
			assertThat(iterator.next().id()).isEqualTo("0");
			assertThatExceptionOfType(KintoResponseException.class).isThrownBy(iterator::hasNext);
			assertThat(this.transport.cancelled()).isEqualTo(1);
			assertThat(iterator.hasNext()).isFalse();
		}
	}

	@Test
	void elementsOfAPageAreReadOnDemand() {
		KintoClient client = KintoClient.builder(new PagedTransport(2, 100)).build();
		try (Stream<KintoObject<Counted>> stream = client.blocking().stream(counted())) {
			Counted.read.set(0);
			stream.iterator().next();
			assertThat(Counted.read).satisfies((read) -> assertThat(read.get()).isBetween(1, 2));
		}
		Counted.read.set(0);
		StepVerifier.create(client.stream(counted()), 1).expectNextCount(1).thenCancel().verify(SOON);
		assertThat(Counted.read).satisfies((read) -> assertThat(read.get()).isBetween(1, 2));
	}

	@Test
	void errorOfThePageAheadComesAfterTheCurrentPage() {
		this.transport.answer(2, Mono.just(BROKEN));
		StepVerifier.create(flux(), 1)
			.expectNext("0")
			.then(() -> assertThat(this.transport.asked()).containsExactly(1, 2))
			.thenRequest(2)
			.expectNext("1", "2")
			.thenRequest(1)
			.expectError(KintoResponseException.class)
			.verify(SOON);
	}

	@Test
	void transportErrorOfALaterPageIsATransportException() {
		this.transport.answer(2, Mono.error(new IllegalStateException("cut")));
		assertThatExceptionOfType(KintoTransportException.class).isThrownBy(() -> stream().count())
			.withMessageContaining("cut");
		StepVerifier.create(flux()).expectNextCount(3).expectError(KintoTransportException.class).verify(SOON);
	}

	@Test
	void timeoutAppliesToEachPage() {
		this.transport.answer(2, late(2)).answer(3, late(3));
		StepVerifier.withVirtualTime(this::flux)
			.expectNextCount(3)
			.thenAwait(Duration.ofSeconds(4))
			.expectNextCount(3)
			.thenAwait(Duration.ofSeconds(4))
			.expectNextCount(6)
			.expectComplete()
			.verify(SOON);
	}

	private Mono<KintoResponse> late(int page) {
		return Mono.defer(() -> Mono.delay(Duration.ofSeconds(4))).map((tick) -> this.transport.page(page));
	}

	@Test
	void eachSubscriptionStartsFromTheBeginning() {
		Flux<String> flux = flux((q) -> q.pages(1));
		assertThat(flux.concatWith(flux).collectList().block(SOON)).containsExactly("0", "1", "2", "0", "1", "2");
		assertThat(this.transport.asked()).containsExactly(1, 1);
	}

	@Test
	void pagesReceivedOnOtherThreadsAreReadInOrder() {
		for (int page = 1; page <= 4; page++) {
			KintoResponse answer = this.transport.page(page);
			this.transport.answer(page, Mono.fromSupplier(() -> answer).subscribeOn(Schedulers.parallel()));
		}
		List<String> all = IntStream.range(0, 12).mapToObj(Integer::toString).toList();
		assertThat(stream()).isEqualTo(all);
		assertThat(flux().publishOn(Schedulers.single(), 1).collectList().block(SOON)).isEqualTo(all);
	}

	/**
	 * Neither on the transport's thread, which other calls need, nor on several threads
	 * in turn.
	 */
	@Test
	void pagesOfAFluxAreReadOnOneParallelThread() {
		Scheduler loop = Schedulers.newSingle("loop");
		try {
			for (int page = 1; page <= 4; page++) {
				KintoResponse answer = this.transport.page(page);
				this.transport.answer(page, Mono.fromSupplier(() -> answer).subscribeOn(loop));
			}
			Counted.threads.clear();
			KintoClient.builder(this.transport)
				.build()
				.stream(counted())
				.publishOn(Schedulers.boundedElastic(), 1)
				.blockLast(SOON);
			assertThat(Counted.threads).singleElement().asString().startsWith("parallel-");
		}
		finally {
			loop.dispose();
		}
	}

	/**
	 * The pages after an unreadable page are unknown.
	 */
	@Test
	void errorEndsTheFluxDespiteOnErrorContinue() {
		for (Mono<KintoResponse> failing : List.of(Mono.just(BROKEN),
				Mono.<KintoResponse>error(new IllegalStateException("cut")))) {
			this.transport.asked().clear();
			this.transport.answer(2, failing);
			StepVerifier.create(flux().onErrorContinue((ex, value) -> {
			})).expectNext("0", "1", "2").expectError().verify(SOON);
			assertThat(this.transport.asked()).containsExactly(1, 2);
		}
	}

	/**
	 * A backoff counts even if the page is not consumed.
	 */
	@Test
	void backoffOfThePageAheadIsProcessedImmediately() {
		KintoResponse second = this.transport.page(2);
		second.headers().set("Backoff", "30");
		this.transport.answer(2, Mono.just(second));
		KintoClient client = KintoClient.builder(this.transport).build();
		StepVerifier.create(client.stream(sequence((q) -> q)), 1)
			.expectNextCount(1)
			.then(() -> assertThat(client.remainingBackoff()).isPositive())
			.thenCancel()
			.verify(SOON);
	}

	@Test
	void pageAheadIsInFlightWhileAPageIsConsumed() {
		Sinks.One<KintoResponse> second = Sinks.one();
		this.transport.answer(2, second.asMono());
		Iterator<String> iterator = stream().iterator();
		assertThat(iterator.next()).isEqualTo("0");
		assertThat(this.transport.asked()).containsExactly(1, 2);
		second.tryEmitValue(this.transport.page(2)).orThrow();
		assertThat(this.transport.asked()).as("before page 2 is begun").containsExactly(1, 2);
		iterator.next();
		iterator.next();
		assertThat(iterator.next()).isEqualTo("3");
		assertThat(this.transport.asked()).containsExactly(1, 2, 3);
	}

	/**
	 * Tokens can have 30 kB, and a list a million pages.
	 */
	@Test
	void earlierPagesAreNotKeptInMemory() {
		List<WeakReference<String>> queries = new ArrayList<>();
		PagedTransport many = new PagedTransport(1_000, 1);
		Iterator<?> iterator = KintoClient.builder((request) -> {
			queries.add(new WeakReference<>(request.query()));
			return many.exchange(request);
		}).build().blocking().stream(sequence((q) -> q)).iterator();
		for (int i = 0; i < 500; i++) {
			iterator.next();
		}
		await().untilAsserted(() -> {
			System.gc();
			assertThat(queries).filteredOn((query) -> query.get() != null).hasSizeLessThan(10);
		});
		assertThat(iterator.hasNext()).isTrue();
	}

	/**
	 * Such as behind a cache that ignores the query.
	 */
	@ParameterizedTest
	@CsvSource({ "1, 1", "1, 2", "1, 3", "1, 7", "2, 1", "2, 2", "2, 5", "5, 1", "5, 3", "5, 8", "9, 4" })
	void repeatedPagesEndTheStream(int first, int count) {
		PagedTransport repeating = new PagedTransport(first + count, 1);
		KintoClient client = KintoClient.builder((request) -> repeating.exchange(request).map((response) -> {
			HttpHeaders headers = HttpHeaders.copyOf(response.headers());
			if (String.valueOf(headers.getFirst("Next-Page")).endsWith("_token=" + (first + count))) {
				headers.set("Next-Page", "http://h/v1/x?_token=" + first);
			}
			return new KintoResponse(200, headers, response.body());
		})).build();
		assertThatExceptionOfType(KintoResponseException.class)
			.isThrownBy(() -> client.blocking().stream(sequence((q) -> q)).forEach((record) -> {
			}))
			.withMessageContaining("points to an earlier page");
		assertThat(repeating.asked()).hasSizeLessThanOrEqualTo(3 * (first + count));
	}

	@Test
	void listOfManyPagesDoesNotOverflowTheStack() {
		PagedTransport many = new PagedTransport(5_000, 1);
		KintoClient client = KintoClient.builder(many).build();
		assertThat(client.blocking().stream(sequence((q) -> q)).count()).isEqualTo(5_000);
		assertThat(client.stream(sequence((q) -> q)).count().block(SOON)).isEqualTo(5_000);
		assertThat(client.blocking().execute(sequence((q) -> q).collect())).hasSize(5_000);
	}

	@Test
	void streamIsRejectedOnANonBlockingThread() {
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		Schedulers.parallel().schedule(() -> failure.complete(catchThrowable(this::stream)));
		assertThat(failure).succeedsWithin(SOON)
			.satisfies((ex) -> assertThat(ex).isInstanceOf(IllegalStateException.class)
				.hasMessageStartingWith("streamRecords GET /buckets/b/collections/c/records was not sent: a blocking"));
		assertThat(this.transport.asked()).isEmpty();
	}

	@Test
	void consumingAStreamIsRejectedOnANonBlockingThread() {
		Stream<String> stream = stream();
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		Schedulers.parallel().schedule(() -> failure.complete(catchThrowable(stream::count)));
		assertThat(failure).succeedsWithin(SOON)
			.satisfies((ex) -> assertThat(ex).isInstanceOf(IllegalStateException.class)
				.hasMessageContaining("must not be blocked"));
		assertThat(this.transport.asked()).isEmpty();
	}

	@Test
	void interruptionCancelsTheExchangeAndIsKept() throws InterruptedException {
		CountDownLatch asked = new CountDownLatch(1);
		this.transport.answer(2, Mono.<KintoResponse>never().doOnSubscribe((subscription) -> asked.countDown()));
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			failure.complete(catchThrowable(() -> stream().count()));
			interrupted.complete(Thread.currentThread().isInterrupted());
		});
		thread.start();
		assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
		thread.interrupt();
		assertThat(failure).succeedsWithin(SOON)
			.satisfies((ex) -> assertThat(ex).isInstanceOf(KintoTransportException.class)
				.hasMessageMatching(".*: (interrupted while waiting for the response|the thread is interrupted)"));
		assertThat(interrupted).succeedsWithin(SOON).isEqualTo(true);
		assertThat(this.transport.cancelled()).isEqualTo(1);
	}

	private Stream<String> stream() {
		return stream((q) -> q);
	}

	private Stream<String> stream(KintoQuery.Customizer query) {
		return KintoClient.builder(this.transport).build().blocking().stream(sequence(query)).map(KintoObject::id);
	}

	private Flux<String> flux() {
		return flux((q) -> q);
	}

	private Flux<String> flux(KintoQuery.Customizer query) {
		return KintoClient.builder(this.transport).build().stream(sequence(query)).map(KintoObject::id);
	}

	/**
	 * Counts how often it was read, and on which threads.
	 */
	record Counted(@Nullable Integer number) {

		private static final AtomicInteger read = new AtomicInteger();

		private static final Set<String> threads = ConcurrentHashMap.newKeySet();

		Counted {
			read.incrementAndGet();
			threads.add(Thread.currentThread().getName());
		}

	}

	private static KintoSequence<KintoObject<Counted>> counted() {
		return Calls.KINTO.bucket("b").collection("c", Counted.class).stream();
	}

	private static KintoSequence<KintoObject<Map<String, Object>>> sequence(KintoQuery.Customizer query) {
		return Calls.KINTO.bucket("b").collection("c").stream(query);
	}

}
