package io.kintospring.client;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.kintospring.KintoGoneException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoRetry;
import io.kintospring.KintoSignal;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTransportException;
import io.kintospring.protocol.KintoFlow;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

@Timeout(20)
class KintoClientTests {

	private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final List<KintoRequest> sent = new ArrayList<>();

	private final KintoTransport found = (request) -> {
		this.sent.add(request);
		return Mono.just(Calls.found());
	};

	@Test
	void clientClosesOnlyItsOwnTransport() {
		List<String> closed = new CopyOnWriteArrayList<>();
		KintoClient.builder(new NamedTransport("owned", closed)).build().close();
		assertThat(closed).containsExactly("owned");
		NamedTransport shared = new NamedTransport("shared", closed);
		KintoClient.builder(shared).sharedTransport(shared).build().close();
		KintoClient.builder(shared).sharedTransport(shared).clone().build().close();
		KintoClient.builder(shared).ownConnections().build().close();
		assertThat(closed).containsExactly("owned");
		KintoClient.builder(shared).sharedTransport(shared).transport(shared).build().close();
		assertThat(closed).containsExactly("owned", "shared");
	}

	private record NamedTransport(String name, List<String> closed) implements KintoTransport {

		@Override
		public Mono<KintoResponse> exchange(KintoRequest request) {
			return Mono.never();
		}

		@Override
		public void close() {
			this.closed.add(this.name);
		}

	}

	@Test
	void callIsSentPerSubscription() {
		Mono<KintoObject<Map<String, Object>>> mono = client().execute(Calls.GET);
		assertThat(this.sent).isEmpty();
		StepVerifier.create(mono.then(mono))
			.assertNext((bucket) -> assertThat(bucket.id()).isEqualTo("b"))
			.expectComplete()
			.verify(Duration.ofSeconds(5));
		assertThat(this.sent).containsExactly(Calls.GET.request(), Calls.GET.request());
	}

	/**
	 * Reactor does not limit such an error, for example of a missing class, to its
	 * subscriber.
	 */
	@Test
	void errorOfALateSubscriberDoesNotAffectOtherTimeouts() {
		KintoClient client = once((request) -> Mono.never()).timeout(Duration.ofMillis(50)).build();
		client.execute(Calls.GET).subscribe(null, (ex) -> {
			throw new NoClassDefFoundError("on purpose");
		});
		StepVerifier.create(client.execute(Calls.GET))
			.expectError(KintoTransportException.class)
			.verify(Duration.ofSeconds(5));
	}

	@Test
	void blockingCallReturnsTheResult() {
		assertThat(client().blocking().execute(Calls.GET).id()).isEqualTo("b");
		assertThat(this.sent).containsExactly(Calls.GET.request());
	}

	/**
	 * A function that changes data may block, or use thread-locals.
	 */
	@Test
	void functionsOfABlockingFlowRunOnTheCallingThread() {
		KintoClient client = KintoClient
			.builder((request) -> Mono.fromSupplier(Calls::found).subscribeOn(Schedulers.parallel()))
			.build();
		List<Thread> threads = new ArrayList<>();
		client.blocking().execute(Calls.KINTO.bucket("b").collection("c").update("b", (data) -> {
			threads.add(Thread.currentThread());
			return client.blocking().execute(Calls.GET).data();
		}));
		assertThat(threads).containsExactly(Thread.currentThread());
	}

	@Test
	void flowRunsPerSubscription() {
		Mono<KintoObject<Map<String, Object>>> mono = client()
			.execute(Calls.KINTO.bucket("b").collection("c").update("b", (data) -> data));
		assertThat(this.sent).isEmpty();
		StepVerifier.create(mono.then(mono)).expectNextCount(1).expectComplete().verify(Duration.ofSeconds(5));
		assertThat(this.sent).extracting((request) -> request.method().name())
			.containsExactly("GET", "PUT", "GET", "PUT");
	}

	@Test
	void completedFlowSendsNothing() {
		assertThat(client().blocking().execute(KintoFlow.done("x"))).isEqualTo("x");
		StepVerifier.create(client().execute(KintoFlow.done("x")))
			.expectNext("x")
			.expectComplete()
			.verify(Duration.ofSeconds(5));
		assertThat(this.sent).isEmpty();
	}

	@Test
	void errorIsThrownUnchanged() {
		KintoClient client = KintoClient.builder((request) -> Mono.just(Calls.answer(404, "{\"errno\":110}"))).build();
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> client.blocking().execute(Calls.GET));
		StepVerifier.create(client.execute(Calls.GET))
			.expectError(KintoNotFoundException.class)
			.verify(Duration.ofSeconds(5));
	}

	@Test
	void timeoutIsATransportException() {
		KintoClient client = once((request) -> Mono.never()).timeout(Duration.ofSeconds(3)).build();
		StepVerifier.withVirtualTime(() -> client.execute(Calls.GET))
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(2999))
			.thenAwait(Duration.ofMillis(1))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(KintoTransportException.class)
				.hasMessage("getBucket GET /buckets/b: no response within 3000 ms")
				.hasCauseInstanceOf(TimeoutException.class))
			.verify(Duration.ofSeconds(5));
	}

	@Test
	void flowPausesBetweenRequests() {
		KintoClient client = KintoClient.builder(this.found).build();
		KintoFlow<?> flow = KintoFlow.ask(Calls.GET).then((found) -> KintoFlow.ask(Calls.GET, Duration.ofMillis(300)));
		StepVerifier.withVirtualTime(() -> client.execute(flow))
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(299))
			.then(() -> assertThat(this.sent).hasSize(1))
			.thenAwait(Duration.ofMillis(1))
			.expectNextCount(1)
			.expectComplete()
			.verify(Duration.ofSeconds(5));
		assertThat(this.sent).hasSize(2);
	}

	@Test
	void blockingFlowPausesBetweenRequests() {
		VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
		try {
			KintoClient client = KintoClient.builder(this.found).build();
			CompletableFuture<?> result = CompletableFuture
				.supplyAsync(() -> client.blocking().execute(KintoFlow.ask(Calls.GET, Duration.ofMillis(300))));
			await().until(() -> time.getScheduledTaskCount() > 0);
			time.advanceTimeBy(Duration.ofMillis(299));
			assertThat(this.sent).isEmpty();
			time.advanceTimeBy(Duration.ofMillis(1));
			assertThat(result).succeedsWithin(Duration.ofSeconds(5));
			assertThat(this.sent).hasSize(1);
		}
		finally {
			VirtualTimeScheduler.reset();
		}
	}

	@Test
	void completedPausesAreReleased() {
		KintoClient client = KintoClient.builder(this.found).build();
		WeakReference<Object> subscriber = pause(client);
		await().until(() -> {
			System.gc();
			return subscriber.get() == null;
		});
		client.close();
	}

	private static WeakReference<Object> pause(KintoClient client) {
		Object subscriber = new Object();
		client.execute(KintoFlow.ask(Calls.GET, Duration.ofMillis(1)))
			.contextWrite((context) -> context.put("subscriber", subscriber))
			.block();
		return new WeakReference<>(subscriber);
	}

	@Test
	void timeoutIsFiveSecondsByDefault() {
		StepVerifier.withVirtualTime(() -> once((request) -> Mono.never()).build().execute(Calls.GET))
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(4999))
			.thenAwait(Duration.ofMillis(1))
			.expectError(KintoTransportException.class)
			.verify(Duration.ofSeconds(5));
	}

	@Test
	void eachCallHasItsOwnTimeout() {
		KintoClient client = once((request) -> Mono.never()).build();
		StepVerifier
			.withVirtualTime(() -> Flux.interval(Duration.ZERO, Duration.ofSeconds(2))
				.take(4)
				.flatMap((i) -> client.execute(Calls.GET).onErrorReturn(KintoTransportException.class, found(i)))
				.map(KintoObject::id))
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(4999))
			.thenAwait(Duration.ofMillis(1))
			.expectNext("0")
			.expectNoEvent(Duration.ofMillis(1999))
			.thenAwait(Duration.ofMillis(1))
			.expectNext("1")
			.thenAwait(Duration.ofSeconds(2))
			.expectNext("2")
			.thenAwait(Duration.ofSeconds(2))
			.expectNext("3")
			.expectComplete()
			.verify(Duration.ofSeconds(5));
	}

	private static KintoObject<Map<String, Object>> found(long id) {
		return new KintoObject<>(Long.toString(id), KintoTimestamp.of(1), Map.of(), KintoPermissions.none());
	}

	@Test
	void timeoutIncludesTheAuthentication() {
		StepVerifier.withVirtualTime(() -> once(this.found).authentication(Mono::never).build().execute(Calls.GET))
			.expectSubscription()
			.thenAwait(Duration.ofSeconds(5))
			.expectErrorMessage("getBucket GET /buckets/b was not sent within 5000 ms")
			.verify(Duration.ofSeconds(5));
		assertThat(this.sent).isEmpty();
	}

	@Test
	void timeoutCancelsTheExchange() {
		AtomicInteger cancelled = new AtomicInteger();
		KintoClient client = once((request) -> Mono.<KintoResponse>never().doOnCancel(cancelled::incrementAndGet))
			.timeout(Duration.ofMillis(20))
			.build();
		assertThatExceptionOfType(KintoTransportException.class).isThrownBy(() -> client.blocking().execute(Calls.GET));
		assertThat(cancelled).hasValue(1);
	}

	/**
	 * For example, the first call of a JVM loads classes.
	 */
	@Test
	void timeoutExcludesTheTimeForSubscribing() {
		VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
		try {
			KintoClient client = KintoClient.builder((request) -> Mono.fromSupplier(() -> {
				time.advanceTimeBy(Duration.ofMinutes(1));
				return Calls.found();
			})).timeout(Duration.ofSeconds(5)).build();
			assertThat(client.blocking().execute(Calls.GET).id()).isEqualTo("b");
			assertThat(client.execute(Calls.GET).block()).isNotNull();
		}
		finally {
			VirtualTimeScheduler.reset();
		}
	}

	@Test
	void blockedSubscriberDoesNotDelayOtherTimeouts() {
		KintoClient client = once((request) -> Mono.never()).timeout(Duration.ofMillis(100)).build();
		CountDownLatch others = new CountDownLatch(3);
		AtomicInteger waited = new AtomicInteger();
		for (int i = 0; i < 4; i++) {
			boolean blocks = i == 0;
			client.execute(Calls.GET).subscribe(null, (ex) -> {
				if (blocks) {
					awaited(others);
					waited.incrementAndGet();
				}
				else {
					others.countDown();
				}
			});
		}
		await().untilAtomic(waited, equalTo(1));
	}

	/**
	 * Copies of a client, such as for single users, are often not closed.
	 */
	@Test
	void copiesOfAClientShareThreads() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		AtomicInteger signals = new AtomicInteger();
		KintoClient client = KintoClient
			.builder((request) -> Mono.delay(Duration.ofMillis(1)).thenReturn(Calls.found("Backoff", "1")))
			.signalListener((signal, server) -> signals.incrementAndGet())
			.timeout(Duration.ofMillis(100))
			.build();
		for (int i = 0; i < 100; i++) {
			assertThat(client.mutate().build().execute(Calls.GET).block()).isNotNull();
		}
		await().untilAtomic(signals, equalTo(100));
		Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
		started.removeAll(before);
		assertThat(started).hasSizeLessThan(50);
	}

	@Test
	void nonPositiveTimeoutIsRejected() {
		for (Duration timeout : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
			assertThatIllegalArgumentException().isThrownBy(() -> KintoClient.builder(this.found).timeout(timeout))
				.withMessageContaining(timeout.toString());
		}
	}

	@Test
	void transportErrorIsATransportException() {
		IOException failure = new IOException("broken");
		KintoClient client = KintoClient.builder((request) -> Mono.error(failure)).build();
		assertThatExceptionOfType(KintoTransportException.class).isThrownBy(() -> client.blocking().execute(Calls.GET))
			.withMessageStartingWith("getBucket GET /buckets/b: ")
			.withMessageContaining("broken")
			.withCause(failure);
	}

	@Test
	void exceptionThrownByTheTransportIsATransportException() {
		KintoClient client = KintoClient.builder((request) -> {
			throw new IllegalStateException("closed");
		}).build();
		StepVerifier.create(client.execute(Calls.GET))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(KintoTransportException.class)
				.hasMessageStartingWith("getBucket GET /buckets/b: ")
				.hasMessageContaining("closed"))
			.verify(Duration.ofSeconds(5));
	}

	@Test
	void emptyResponseIsATransportException() {
		KintoClient client = KintoClient.builder((request) -> Mono.empty()).build();
		assertThatExceptionOfType(KintoTransportException.class).isThrownBy(() -> client.blocking().execute(Calls.GET))
			.withMessage("getBucket GET /buckets/b: the transport returned no response");
		StepVerifier.create(client.execute(Calls.GET))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(KintoTransportException.class)
				.hasMessage("getBucket GET /buckets/b: the transport returned no response"))
			.verify(Duration.ofSeconds(5));
	}

	@Test
	void authenticationIsInvokedForEachRequest() {
		AtomicInteger tokens = new AtomicInteger();
		KintoClient client = KintoClient.builder(this.found)
			.authentication(() -> Mono.just("Bearer " + tokens.incrementAndGet()))
			.build();
		client.blocking().execute(Calls.GET);
		client.blocking().execute(Calls.GET);
		assertThat(this.sent).extracting((request) -> request.headers().getFirst("Authorization"))
			.containsExactly("Bearer 1", "Bearer 2");
		assertThat(Calls.GET.request().headers().containsHeader("Authorization")).isFalse();
	}

	@Test
	void authenticationIsInvokedForEachSubscription() {
		AtomicInteger tokens = new AtomicInteger();
		KintoClient client = KintoClient.builder(this.found)
			.authentication(() -> Mono.just("Bearer " + tokens.incrementAndGet()))
			.build();
		Mono<?> mono = client.execute(Calls.GET);
		mono.block();
		mono.block();
		assertThat(tokens).hasValue(2);
	}

	@Test
	void basicAuthenticationIsSent() {
		KintoClient.builder(this.found)
			.authentication(KintoAuthentication.basic("al\u00edce", "p:w"))
			.build()
			.blocking()
			.execute(Calls.GET);
		assertThat(this.sent.get(0).headers().getFirst("Authorization")).isEqualTo("Basic YWzDrWNlOnA6dw==");
		assertThatIllegalArgumentException().isThrownBy(() -> KintoAuthentication.basic("a:b", "s3cr3t"))
			.withMessageContaining("colon")
			.satisfies((ex) -> assertThat(ex).hasMessageNotContaining("s3cr3t"));
	}

	@Test
	void emptyUserNameIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoAuthentication.basic("", "s3cr3t"))
			.withMessageContaining("The username must not be empty")
			.satisfies((ex) -> assertThat(ex).hasMessageNotContaining("s3cr3t"));
	}

	/**
	 * Operators that cancel the other calls after the first error would log each later
	 * error.
	 */
	@Test
	void closingDoesNotReportErrorsToCancelledCalls() {
		List<Throwable> dropped = new CopyOnWriteArrayList<>();
		Hooks.onErrorDropped(dropped::add);
		try {
			KintoClient client = once((request) -> Mono.never()).build();
			CompletableFuture<?> calls = Flux.range(0, 500)
				.flatMap((i) -> client.execute(Calls.GET), 500)
				.then()
				.toFuture();
			client.close();
			assertThat(calls).failsWithin(Duration.ofSeconds(5)).withThrowableOfType(ExecutionException.class);
			assertThat(dropped).hasSizeLessThan(250);
		}
		finally {
			Hooks.resetOnErrorDropped();
		}
	}

	@Test
	void bearerTokenIsSent() {
		KintoClient.builder(this.found)
			.authentication(KintoAuthentication.bearer("t"))
			.build()
			.blocking()
			.execute(Calls.GET);
		assertThat(this.sent.get(0).headers().getFirst("Authorization")).isEqualTo("Bearer t");
	}

	@Test
	void requestsAreAnonymousByDefault() {
		client().blocking().execute(Calls.GET);
		assertThat(this.sent.get(0).headers().containsHeader("Authorization")).isFalse();
	}

	@Test
	void authorizationHeaderInTheOptionsWins() {
		KintoClient client = KintoClient.builder(this.found)
			.authentication(() -> Mono.error(new IllegalStateException("must not be asked")))
			.build();
		client.blocking().execute(Calls.KINTO.bucket("b").attributes().get((r) -> r.header("authorization", "Mine")));
		assertThat(this.sent.get(0).headers().get("Authorization")).containsExactly("Mine");
	}

	@Test
	void authenticationErrorIsATransportException() {
		KintoClient client = KintoClient.builder(this.found)
			.authentication(() -> Mono.error(new IllegalStateException("no token today")))
			.build();
		assertThatExceptionOfType(KintoTransportException.class).isThrownBy(() -> client.blocking().execute(Calls.GET))
			.withMessage("getBucket GET /buckets/b was not sent: the KintoAuthentication failed")
			.havingCause()
			.withMessage("no token today");
		assertThat(this.sent).isEmpty();
	}

	@Test
	void signalsArePublishedInOrderWithTheServer() {
		List<Object> heard = new CopyOnWriteArrayList<>();
		KintoClient client = KintoClient
			.builder((request) -> Mono
				.just(Calls.answer(410, "{\"errno\":202}", "Alert", "{\"code\":\"hard-eol\"}", "Retry-After", "3")))
			.signalListener((signal, server) -> {
				heard.add(signal);
				heard.add(server);
			})
			.clock(Clock.fixed(NOW, ZoneOffset.UTC))
			.build();
		assertThatExceptionOfType(KintoGoneException.class).isThrownBy(() -> client.blocking().execute(Calls.GET));
		await().untilAsserted(() -> assertThat(heard).containsExactly(
				new KintoSignal.RetryAfter(Duration.ofSeconds(3), NOW.plusSeconds(3)), client.server(),
				new KintoSignal.Deprecation("hard-eol", null, null), client.server()));
	}

	/**
	 * A listener may block, and no event loop waits for it.
	 */
	@Test
	void signalsArePublishedOnThreadsThatMayBlock() {
		Set<Thread> threads = ConcurrentHashMap.newKeySet();
		AtomicInteger heard = new AtomicInteger();
		KintoClient client = KintoClient.builder(
				(request) -> Mono.fromSupplier(() -> Calls.found("Backoff", "30")).subscribeOn(Schedulers.parallel()))
			.signalListener((signal, server) -> {
				threads.add(Thread.currentThread());
				heard.incrementAndGet();
			})
			.build();
		client.blocking().execute(Calls.GET);
		client.execute(Calls.GET).block(TIMEOUT);
		client.blocking().execute(Calls.KINTO.batch(List.of(Calls.GET), (o) -> o.collectErrors()));
		client.execute(Calls.KINTO.batch(List.of(Calls.GET), (o) -> o.collectErrors())).block(TIMEOUT);
		await().untilAtomic(heard, equalTo(4));
		assertThat(threads).isNotEmpty().allSatisfy((thread) -> {
			assertThat(thread.getName()).startsWith("kinto-signals");
			assertThat(thread).isNotInstanceOf(NonBlocking.class);
		});
	}

	@Test
	void blockedListenerDelaysNoCallAndSignalsAreDropped() {
		CountDownLatch blocked = new CountDownLatch(1);
		AtomicInteger heard = new AtomicInteger();
		KintoClient client = KintoClient.builder((request) -> Mono.just(Calls.found("Backoff", "30")))
			.signalListener((signal, server) -> {
				heard.incrementAndGet();
				awaited(blocked);
			})
			.build();
		for (int i = 0; i < 2000; i++) {
			client.blocking().execute(Calls.GET);
			client.execute(Calls.GET).block(TIMEOUT);
		}
		assertThat(heard).hasValue(1);
		blocked.countDown();
		await().untilAsserted(() -> assertThat(heard).hasValueGreaterThan(900));
		assertThat(heard).hasValueLessThan(1100);
		client.close();
	}

	private static void awaited(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void failingListenerDoesNotBreakTheCall() {
		List<KintoSignal> heard = new CopyOnWriteArrayList<>();
		for (Throwable failure : List.of(new IllegalStateException("listener"), new StackOverflowError("deep"),
				new NoClassDefFoundError("x"))) {
			KintoClient client = KintoClient
				.builder((request) -> Mono.just(Calls.found("Backoff", "30", "Alert", "{\"code\":\"soft-eol\"}")))
				.signalListener((signal, server) -> {
					heard.add(signal);
					throw Exceptions.propagate(failure);
				})
				.build();
			assertThat(client.blocking().execute(Calls.GET).id()).isEqualTo("b");
		}
		await().untilAsserted(() -> assertThat(heard).hasSize(6));
	}

	@Test
	void blockingCallIsRejectedOnANonBlockingThread() {
		KintoClient client = client();
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		Schedulers.parallel()
			.schedule(() -> failure.complete(catchThrowable(() -> client.blocking().execute(Calls.GET))));
		assertThat(failure).succeedsWithin(Duration.ofSeconds(5))
			.satisfies((ex) -> assertThat(ex).isInstanceOf(IllegalStateException.class)
				.hasMessageMatching("getBucket GET /buckets/b was not sent: a blocking call is not allowed"
						+ " on the thread 'parallel-\\d+', which must not be blocked\\. Use the ReactiveKintoTemplate,"
						+ " or publishOn\\(Schedulers\\.boundedElastic\\(\\)\\) before the call\\."));
		assertThat(this.sent).isEmpty();
	}

	@Test
	void interruptionCancelsTheExchangeAndIsKept() throws InterruptedException {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch cancelled = new CountDownLatch(1);
		KintoClient client = KintoClient
			.builder((request) -> Mono.<KintoResponse>never()
				.doOnSubscribe((subscription) -> asked.countDown())
				.doOnCancel(cancelled::countDown))
			.build();
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			failure.complete(catchThrowable(() -> client.blocking().execute(Calls.GET)));
			interrupted.complete(Thread.currentThread().isInterrupted());
		});
		thread.start();
		assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
		thread.interrupt();
		assertThat(failure).succeedsWithin(Duration.ofSeconds(5))
			.satisfies((ex) -> assertThat(ex).isInstanceOf(KintoTransportException.class)
				.hasMessage("getBucket GET /buckets/b: interrupted while waiting for the response")
				.hasCauseInstanceOf(InterruptedException.class));
		assertThat(interrupted).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(true);
		assertThat(cancelled.await(5, TimeUnit.SECONDS)).isTrue();
	}

	private KintoClient client() {
		return KintoClient.builder(this.found).build();
	}

	/**
	 * Return the builder of a client that sends each request once.
	 */
	private static KintoClient.Builder once(KintoTransport transport) {
		return KintoClient.builder(transport).retry(KintoRetry.none());
	}

}
