package io.kintospring.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.kintospring.KintoBatchOptions;
import io.kintospring.KintoBatchProgress;
import io.kintospring.KintoNotSentException;
import io.kintospring.KintoRetry;
import io.kintospring.KintoSignal;
import io.kintospring.KintoTransportException;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.BatchResult.Outcome;
import io.kintospring.protocol.KintoBatch;
import io.kintospring.protocol.KintoBatchException;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link BatchRunner}.
 */
class BatchTests {

	private static final String TWO_CREATED = """
			{"responses": [
			  {"status": 200, "headers": {"Backoff": "30"}, "body": {"data": {"id": "a", "last_modified": 1}}},
			  {"status": 200, "headers": {"Backoff": "30"}, "body": {"data": {"id": "a", "last_modified": 1}}}
			]}""";

	private static final String TWO_EXIST = """
			{"responses": [
			  {"status": 412, "headers": {}, "body": {"details": {"existing": {"id": "a", "last_modified": 1}}}},
			  {"status": 412, "headers": {}, "body": {"details": {"existing": {"id": "a", "last_modified": 1}}}}
			]}""";

	private final List<String> sent = new CopyOnWriteArrayList<>();

	private final List<KintoCall<?>> calls = IntStream.range(0, 6)
		.<KintoCall<?>>mapToObj((i) -> KintoCalls.defaults().buckets().create(Map.of()))
		.collect(Collectors.toCollection(ArrayList::new));

	@Test
	void requestsAreSequentialByDefault() {
		List<Sinks.One<KintoResponse>> answers = new CopyOnWriteArrayList<>();
		KintoClient client = KintoClient.builder((request) -> {
			this.sent.add(request.path());
			Sinks.One<KintoResponse> answer = Sinks.one();
			answers.add(answer);
			return answer.asMono();
		}).build();
		CompletableFuture<BatchResult> all = client.execute(batch(1, false)).toFuture();
		for (int i = 0; i < 3; i++) {
			int sent = i + 1;
			Awaitility.await().untilAsserted(() -> assertThat(answers).hasSize(sent));
			answers.get(i).tryEmitValue(response(TWO_CREATED));
		}
		assertThat(all).succeedsWithin(Duration.ofSeconds(5))
			.satisfies((result) -> assertThat(result.published()).hasSize(6));
	}

	@Test
	void requestsAreParallelIfConfigured() {
		KintoClient client = KintoClient.builder((request) -> {
			this.sent.add(request.path());
			return Mono.never();
		}).build();
		client.execute(batch(2, false)).subscribe().dispose();
		assertThat(this.sent).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void allRequestsCanBeParallel(boolean reactive) {
		KintoClient client = KintoClient.builder((request) -> Mono.just(response(TWO_CREATED))).build();
		KintoBatch batch = batch(Integer.MAX_VALUE, false);
		BatchResult result = reactive ? client.execute(batch).block() : client.blocking().execute(batch);
		assertThat(result).isNotNull();
		assertThat(result.published()).hasSize(6);
	}

	@Test
	void failedRequestDoesNotStopOtherRequests() {
		BatchResult result = failing().blocking().execute(batch(1, false, true));
		assertThat(this.sent).hasSize(3);
		assertThat(result.errors()).hasSize(2)
			.allSatisfy((outcome) -> assertThat(outcome.error()).isInstanceOf(KintoTransportException.class));
		assertThat(result.published()).hasSize(4);
	}

	@Test
	void failedRequestStopsTheBatchIfConfigured() {
		BatchResult result = failing().blocking().execute(batch(1, true, true));
		assertThat(this.sent).hasSize(1);
		assertThat(result.errors()).hasSize(2);
		assertThat(result.notSent()).hasSize(4);
	}

	@Test
	void signalsOfMembersArePublishedOncePerRequest() {
		List<KintoSignal> heard = new CopyOnWriteArrayList<>();
		KintoClient client = KintoClient.builder((request) -> Mono.just(response(TWO_CREATED)))
			.signalListener((signal, server) -> heard.add(signal))
			.build();
		client.blocking().execute(batch(1, false));
		await().untilAsserted(() -> assertThat(heard).hasSize(3)
			.allSatisfy((signal) -> assertThat(signal).isInstanceOf(KintoSignal.Backoff.class)));
		assertThat(client.remainingBackoff()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
	}

	/**
	 * Functions that read responses and progress listeners may block, or use
	 * thread-locals.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 200, 302, 401, 408, 413, 429, 500, 502, 503 })
	void failureOfACallThatIsSentAloneStopsTheBatch(int status) {
		assertThat(sentAlone(status)).isEqualTo(1);
		assertThat(sentAloneReactively(status)).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 403, 404, 409, 412 })
	void errorThatConcernsTheObjectDoesNotStopTheBatch(int status) {
		assertThat(sentAlone(status)).isEqualTo(6);
		assertThat(sentAloneReactively(status)).isEqualTo(6);
	}

	private int sentAlone(int status) {
		BatchResult result = answering(status).blocking().execute(alone());
		assertThat(result.isStopped()).isEqualTo(!result.notSent().isEmpty());
		assertThat(result.outcomes().get(0).status()).isEqualTo(status);
		return 6 - result.notSent().size();
	}

	private int sentAloneReactively(int status) {
		BatchResult result = answering(status).execute(alone()).block(Duration.ofSeconds(5));
		return 6 - result.notSent().size();
	}

	private static KintoClient answering(int status) {
		return KintoClient
			.builder((request) -> Mono.just(new KintoResponse(status, new HttpHeaders(), "?".getBytes(UTF_8))))
			.retry(KintoRetry.none())
			.build();
	}

	private KintoBatch alone() {
		return KintoCalls.defaults().batch(this.calls, (o) -> o.maxRequests(1).stopAtFailedRequest().collectErrors());
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void blockingBatchRunsOnTheCallingThread(boolean stop) {
		Set<Thread> threads = ConcurrentHashMap.newKeySet();
		List<KintoBatchProgress> progress = new ArrayList<>();
		KintoClient client = KintoClient.builder((request) -> {
			threads.add(Thread.currentThread());
			return Mono.fromSupplier(() -> response(TWO_CREATED)).subscribeOn(Schedulers.parallel());
		}).build();
		this.calls.replaceAll((call) -> call.map((created) -> {
			threads.add(Thread.currentThread());
			return created;
		}));
		client.blocking().execute(KintoCalls.defaults().batch(this.calls, (o) -> {
			KintoBatchOptions options = o.maxRequests(2).parallel(2).onProgress((done) -> {
				threads.add(Thread.currentThread());
				progress.add(done);
			});
			return stop ? options.stopAtFailedRequest() : options;
		}));
		assertThat(threads).containsExactly(Thread.currentThread());
		assertThat(progress).containsExactly(new KintoBatchProgress(2, 0, 6), new KintoBatchProgress(4, 0, 6),
				new KintoBatchProgress(6, 0, 6));
	}

	@Test
	void responsesAreNotReadOnTheTransportThread() {
		Set<String> threads = ConcurrentHashMap.newKeySet();
		Scheduler connections = Schedulers.newSingle("connections");
		KintoClient client = KintoClient
			.builder((request) -> Mono.fromSupplier(() -> response(TWO_CREATED)).subscribeOn(connections))
			.build();
		this.calls.replaceAll((call) -> call.map((created) -> {
			threads.add(Thread.currentThread().getName());
			return created;
		}));
		client.execute(batch(1, true)).block(Duration.ofSeconds(5));
		assertThat(threads).isNotEmpty().allSatisfy((name) -> assertThat(name).doesNotStartWith("connections"));
		connections.dispose();
	}

	@Test
	void interruptionKeepsKnownOutcomes() throws InterruptedException {
		CountDownLatch second = new CountDownLatch(1);
		KintoClient client = KintoClient.builder((request) -> {
			this.sent.add(request.path());
			if (this.sent.size() == 1) {
				return Mono.just(response(TWO_CREATED));
			}
			second.countDown();
			return Mono.never();
		}).build();
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		Thread thread = new Thread(
				() -> failure.complete(catchThrowable(() -> client.blocking().execute(batch(1, false)))));
		thread.start();
		second.await();
		thread.interrupt();
		assertThat(failure).succeedsWithin(Duration.ofSeconds(5))
			.asInstanceOf(InstanceOfAssertFactories.throwable(KintoBatchException.class))
			.satisfies((ex) -> {
				assertThat(ex.result().published()).hasSize(2);
				assertThat(ex.result().errors()).hasSize(2);
				assertThat(ex.result().notSent()).hasSize(2);
			})
			.cause()
			.isInstanceOf(KintoTransportException.class)
			.hasMessageEndingWith(": interrupted while waiting for the response");
		assertThat(this.sent).hasSize(2);
	}

	/**
	 * The interrupt flag is set while the thread does not wait.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void interruptionByTheProgressListenerStopsSending(int parallel) {
		KintoClient client = KintoClient.builder((request) -> {
			this.sent.add(request.path());
			return (this.sent.size() == 1) ? Mono.just(response(TWO_CREATED)) : Mono.never();
		}).build();
		KintoBatch batch = KintoCalls.defaults()
			.batch(this.calls,
					(o) -> o.maxRequests(2)
						.parallel(parallel)
						.onProgress((done) -> Thread.currentThread().interrupt()));
		Throwable failure = catchThrowable(() -> client.blocking().execute(batch));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(failure).asInstanceOf(InstanceOfAssertFactories.throwable(KintoBatchException.class))
			.satisfies((ex) -> assertThat(ex.result().published()).hasSize(2))
			.satisfies((ex) -> assertThat(ex.result().notSent()).hasSize(6 - 2 * this.sent.size()))
			.satisfies((ex) -> assertThat(ex.result().errors()).hasSize(2 * this.sent.size() - 2)
				.allSatisfy(
						(outcome) -> assertThat(outcome.error()).isExactlyInstanceOf(KintoTransportException.class)));
	}

	/**
	 * The response was received before the interruption.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void interruptionWhileReadingKeepsTheOutcomes(int parallel) {
		KintoClient client = KintoClient.builder((request) -> {
			this.sent.add(request.path());
			if (this.sent.size() > 2) {
				return Mono.never();
			}
			if (this.sent.size() == 2) {
				Thread.currentThread().interrupt();
			}
			return Mono.just(response(TWO_CREATED));
		}).build();
		Throwable failure = catchThrowable(() -> client.blocking().execute(batch(parallel, false)));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(failure).asInstanceOf(InstanceOfAssertFactories.throwable(KintoBatchException.class))
			.satisfies((ex) -> assertThat(ex.result().published()).hasSize(4))
			.satisfies((ex) -> assertThat(ex.result().notSent()).hasSize(2));
		assertThat(this.sent).hasSize(2);
	}

	/**
	 * The thread waits for the first response when it is interrupted, and has received
	 * the second one.
	 */
	@Test
	void interruptionKeepsTheOutcomesOfLaterRequests() {
		KintoClient client = KintoClient.builder((request) -> {
			this.sent.add(request.path());
			if (this.sent.size() == 1) {
				return Mono.never();
			}
			Thread.currentThread().interrupt();
			return Mono.just(response(TWO_CREATED));
		}).build();
		Throwable failure = catchThrowable(() -> client.blocking().execute(batch(2, false)));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(failure).asInstanceOf(InstanceOfAssertFactories.throwable(KintoBatchException.class))
			.satisfies((ex) -> assertThat(ex.result().outcomes()).extracting(BatchResult.Outcome::isPublished)
				.containsExactly(false, false, true, true, false, false));
	}

	@Test
	void interruptedThreadSendsNothing() {
		KintoClient client = KintoClient.builder((request) -> {
			this.sent.add(request.path());
			return Mono.just(response(TWO_CREATED));
		}).build();
		Thread.currentThread().interrupt();
		try {
			assertThatExceptionOfType(KintoNotSentException.class)
				.isThrownBy(() -> client.blocking().execute(batch(1, false)))
				.withMessageEndingWith("was not sent: the thread is interrupted");
		}
		finally {
			assertThat(Thread.interrupted()).isTrue();
		}
		assertThat(this.sent).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void failingProgressListenerDoesNotAffectTheResult(boolean blocking) {
		KintoClient client = KintoClient.builder((request) -> Mono.just(response(TWO_CREATED))).build();
		KintoBatch batch = KintoCalls.defaults().batch(this.calls, (o) -> o.maxRequests(2).onProgress((done) -> {
			throw new IllegalStateException("on purpose");
		}));
		BatchResult result = blocking ? client.blocking().execute(batch) : client.execute(batch).block();
		assertThat(result).isNotNull();
		assertThat(result.published()).hasSize(6);
	}

	/**
	 * The server lowers its limit after the client read it.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void batchIsDividedAgainIfTheServerLowersItsLimit(boolean blocking) {
		AtomicInteger limit = new AtomicInteger(4);
		List<Integer> sizes = new CopyOnWriteArrayList<>();
		KintoClient client = KintoClient.builder((request) -> {
			if (request.path().equals("/")) {
				return Mono.just(response(
						"{\"http_api_version\": \"1.23\", \"settings\": {\"batch_max_requests\": " + limit + "}}"));
			}
			int size = StringUtils.countOccurrencesOf(body(request), "\"method\"");
			sizes.add(size);
			return Mono.just((size > limit.get()) ? Calls.answer(400, "{\"errno\": 107}") : created(Math.max(1, size)));
		}).build();
		KintoBatch batch = KintoCalls.defaults().batch(this.calls);
		assertThat(run(client, batch, blocking).published()).hasSize(6);
		limit.set(2);
		assertThat(run(client, batch, blocking).published()).hasSize(6);
		assertThat(sizes).containsExactly(4, 2, 4, 2, 2, 2);
		limit.set(1);
		assertThat(run(client, batch, blocking).outcomes()).extracting(Outcome::call).isEqualTo(this.calls);
	}

	/**
	 * The restart of the server that lowers its limit also breaks the connection.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void creationsOfALostAttemptAreRecognizedAfterTheBatchIsDivided(boolean blocking) {
		AtomicInteger limit = new AtomicInteger(6);
		KintoClient client = KintoClient.builder((request) -> {
			if (request.path().equals("/")) {
				return Mono.just(response(
						"{\"http_api_version\": \"1.23\", \"settings\": {\"batch_max_requests\": " + limit + "}}"));
			}
			int size = StringUtils.countOccurrencesOf(body(request), "\"method\"");
			if (limit.getAndSet(2) == 6) {
				return Mono.error(new IOException("reset"));
			}
			return Mono.just((size > 2) ? Calls.answer(400, "{\"errno\": 107}") : response(TWO_EXIST));
		}).retry(KintoRetry.defaults().delay(Duration.ofMillis(1))).build();
		assertThat(run(client, KintoCalls.defaults().batch(this.calls), blocking).published()).hasSize(6);
	}

	/**
	 * The limit of the options prevents that the batch is divided again.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void rejectionAfterALostAttemptIsUncertain(boolean blocking) {
		KintoClient client = KintoClient.builder((request) -> {
			this.sent.add(request.path());
			return (this.sent.size() == 1) ? Mono.error(new IOException("reset"))
					: Mono.just(Calls.answer(400, "{\"errno\": 107}"));
		}).retry(KintoRetry.defaults().delay(Duration.ofMillis(1))).build();
		KintoBatch batch = KintoCalls.defaults().batch(this.calls, (o) -> o.maxRequests(6).collectErrors());
		assertThat(run(client, batch, blocking).errors()).hasSize(6)
			.allSatisfy((outcome) -> assertThat(outcome.error()).isExactlyInstanceOf(KintoTransportException.class));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void requestRejectedForAnotherReasonIsNotRepeated(boolean blocking) {
		KintoClient client = KintoClient.builder((request) -> {
			this.sent.add(request.path());
			return Mono.just(request.path().equals("/") ? response("{\"http_api_version\": \"1.23\"}")
					: Calls.answer(400, "{\"errno\": 107}"));
		}).build();
		assertThatExceptionOfType(KintoBatchException.class)
			.isThrownBy(() -> run(client, KintoCalls.defaults().batch(this.calls), blocking))
			.satisfies((ex) -> assertThat(ex.result().errors()).hasSize(6));
		assertThat(this.sent).containsExactly("/", "/batch", "/");
	}

	/**
	 * A batch of 26 calls has two timeouts.
	 */
	@Test
	void timeoutGrowsWithTheNumberOfCalls() {
		VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
		try {
			KintoClient client = KintoClient.builder((request) -> Mono.never())
				.timeout(Duration.ofSeconds(5))
				.retry(KintoRetry.none())
				.build();
			for (int size : List.of(2, 25, 26, 50, 51)) {
				List<KintoCall<?>> many = IntStream.range(0, size)
					.<KintoCall<?>>mapToObj((i) -> KintoCalls.defaults().buckets().create(Map.of()))
					.toList();
				CompletableFuture<BatchResult> result = client
					.execute(KintoCalls.defaults().batch(many, (o) -> o.maxRequests(100)))
					.toFuture();
				Duration expected = Duration.ofSeconds(5L * ((size + 24) / 25));
				time.advanceTimeBy(expected.minusMillis(1));
				assertThat(result).isNotDone();
				time.advanceTimeBy(Duration.ofMillis(1));
				assertThat(result).as("%s calls", size)
					.failsWithin(Duration.ofSeconds(5))
					.withThrowableOfType(ExecutionException.class);
			}
		}
		finally {
			VirtualTimeScheduler.reset();
		}
	}

	private static BatchResult run(KintoClient client, KintoBatch batch, boolean blocking) {
		return blocking ? client.blocking().execute(batch)
				: Objects.requireNonNull(client.execute(batch).block(Duration.ofSeconds(5)));
	}

	private static String body(KintoRequest request) {
		return (request.body() instanceof ByteArrayResource json) ? new String(json.getByteArray(), UTF_8) : "";
	}

	private static KintoResponse created(int number) {
		String created = "{\"data\": {\"id\": \"a\", \"last_modified\": 1}}";
		return (number == 1) ? response(created)
				: response(IntStream.range(0, number)
					.mapToObj((i) -> "{\"status\": 201, \"headers\": {}, \"body\": " + created + "}")
					.collect(Collectors.joining(",", "{\"responses\": [", "]}")));
	}

	private KintoClient failing() {
		return KintoClient.builder((request) -> {
			this.sent.add(request.path());
			return (this.sent.size() == 1) ? Mono.error(new IOException("cut")) : Mono.just(response(TWO_CREATED));
		}).retry(KintoRetry.none()).build();
	}

	private KintoBatch batch(int parallel, boolean stop) {
		return batch(parallel, stop, false);
	}

	private KintoBatch batch(int parallel, boolean stop, boolean collect) {
		return KintoCalls.defaults().batch(this.calls, (o) -> {
			KintoBatchOptions options = o.maxRequests(2).parallel(parallel);
			KintoBatchOptions stopping = stop ? options.stopAtFailedRequest() : options;
			return collect ? stopping.collectErrors() : stopping;
		});
	}

	private static KintoResponse response(String body) {
		return new KintoResponse(200, new HttpHeaders(), body.getBytes(UTF_8));
	}

}
