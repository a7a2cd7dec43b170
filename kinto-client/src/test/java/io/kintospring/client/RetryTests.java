package io.kintospring.client;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoBackoffMode;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoException;
import io.kintospring.KintoNotSentException;
import io.kintospring.KintoObject;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoRetry;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTransportException;
import io.kintospring.KintoUnavailableException;
import io.kintospring.protocol.CollectionCalls;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Requests that are sent again, in virtual time.
 */
@Timeout(20)
class RetryTests {

	private static final CollectionCalls<Map<String, Object>> RECORDS = KintoCalls.defaults()
		.bucket("b")
		.collection("c");

	private static final CollectionCalls<Note> NOTES = KintoCalls.defaults().bucket("b").collection("c", Note.class);

	private static final KintoResponse RECORD = json(200, "{\"data\":{\"id\":\"x\",\"last_modified\":5,\"a\":1}}");

	private final List<KintoRequest> sent = new CopyOnWriteArrayList<>();

	private KintoRetry retry = KintoRetry.defaults().jitter(0);

	private Duration timeout = Duration.ofSeconds(5);

	private Duration callTimeout = Duration.ofSeconds(30);

	private KintoBackoffMode backoffMode = KintoBackoffMode.NOTIFY;

	private KintoAuthentication authentication = KintoAuthentication.none();

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	@BeforeEach
	void useVirtualTime() {
		VirtualTimeScheduler.set(this.time);
	}

	@AfterEach
	void useRealTime() {
		VirtualTimeScheduler.reset();
	}

	static Stream<KintoCall<?>> writes() {
		return Stream.of(RECORDS.create(Map.of("a", 1)), RECORDS.create("x", Map.of("a", 1)),
				RECORDS.replace("x", Map.of("a", 1)), RECORDS.mergePatch("x", Map.of("a", 1)),
				RECORDS.jsonPatch("x", (patch) -> patch.add("/data/a", 1)),
				RECORDS.createIfAbsent("x", Map.of("a", 1)));
	}

	@ParameterizedTest
	@MethodSource("writes")
	void requestThatWasNotSentIsSentAgain(KintoCall<?> call) {
		StepVerifier.create(run(call, fail(new KintoNotSentException("refused", new ConnectException())), RECORD))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(99)))
			.then(() -> assertThat(this.sent).hasSize(1))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(1)))
			.expectNextCount(1)
			.verifyComplete();
		assertThat(this.sent).hasSize(2);
		assertThat(this.sent.get(1)).isEqualTo(this.sent.get(0));
	}

	@Test
	void rejectedCertificateIsNotRepeated() {
		SSLException failure = new SSLHandshakeException("PKIX path validation failed");
		failure.initCause(new CertificateExpiredException());
		StepVerifier.create(run(RECORDS.get("x"), fail(new KintoNotSentException("refused", failure)), RECORD))
			.verifyError(KintoNotSentException.class);
		assertThat(this.sent).hasSize(1);
	}

	@Test
	void interruptedHandshakeIsRepeated() {
		Throwable closed = new SSLHandshakeException("Connection closed while SSL/TLS handshake was in progress");
		StepVerifier.create(run(RECORDS.get("x"), fail(new KintoNotSentException("closed", closed)), RECORD))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(100)))
			.expectNextCount(1)
			.verifyComplete();
	}

	@ParameterizedTest
	@ValueSource(ints = { 409, 429, 503 })
	void rejectedRequestIsSentAgainAfterRetryAfter(int status) {
		KintoCall<?> call = RECORDS.jsonPatch("x", (patch) -> patch.add("/data/a", 1));
		StepVerifier.create(run(call, answer(json(status, "{}", "Retry-After", "3")), RECORD))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(2999)))
			.then(() -> assertThat(this.sent).hasSize(1))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(1)))
			.expectNextCount(1)
			.verifyComplete();
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 409, 412, 413, 429, 500 })
	void errorWithoutRetryAfterIsNotRepeated(int status) {
		StepVerifier.create(run(RECORDS.get("x"), answer(json(status, "{}")), RECORD))
			.verifyError(KintoException.class);
		assertThat(this.sent).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "Retry-After, 11", "Retry-After, 86400" })
	void longRetryAfterFailsAtOnce(String header, String value) {
		StepVerifier.create(run(RECORDS.get("x"), answer(json(503, "{}", header, value)), RECORD))
			.verifyErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(KintoUnavailableException.class,
					(unavailable) -> assertThat(unavailable.retryAfter())
						.isEqualTo(Duration.ofSeconds(Long.parseLong(value)))));
		assertThat(this.sent).hasSize(1);
	}

	static Stream<Function<KintoRequest, Mono<KintoResponse>>> lostResponses() {
		return Stream.of(fail(new IOException("reset")), answer(json(502, "<html>")), answer(json(503, "<html>")),
				answer(json(504, "<html>")));
	}

	@ParameterizedTest
	@MethodSource("lostResponses")
	void harmlessRequestIsSentAgainIfTheResponseIsLost(Function<KintoRequest, Mono<KintoResponse>> lost) {
		List<KintoCall<?>> harmless = List.of(RECORDS.get("x"), RECORDS.count(), RECORDS.create("x", Map.of("a", 1)),
				RECORDS.replace("x", Map.of("a", 1)), RECORDS.mergePatch("x", Map.of("a", 1)), RECORDS.delete("x"),
				RECORDS.jsonPatch("x", (patch) -> patch.add("/data/a", 1),
						(w) -> w.lastModified(KintoTimestamp.of(4))));
		for (KintoCall<?> call : harmless) {
			this.sent.clear();
			KintoResponse found = json(200, "{\"data\":{\"id\":\"x\",\"last_modified\":5,\"deleted\":true}}",
					"Total-Objects", "1");
			StepVerifier.create(run(call, lost, found))
				.then(() -> this.time.advanceTimeBy(Duration.ofMillis(100)))
				.expectNextCount(1)
				.verifyComplete();
			assertThat(this.sent).hasSize(2);
		}
	}

	@ParameterizedTest
	@MethodSource("lostResponses")
	void otherRequestIsSentOnceIfTheResponseIsLost(Function<KintoRequest, Mono<KintoResponse>> lost) {
		List<KintoCall<?>> others = List.of(RECORDS.jsonPatch("x", (patch) -> patch.add("/data/a/-", 1)),
				RECORDS.jsonPatch("x", (patch) -> patch.add("/data/a/-", 1),
						(w) -> w.header(HttpHeaders.IF_MATCH, "*")),
				RECORDS.createIfAbsent("x", Map.of("a", 1)),
				KintoCalls.defaults().bucket().collection("c").createIfAbsent("default", Map.of("a", 1)));
		for (KintoCall<?> call : others) {
			this.sent.clear();
			StepVerifier.create(run(call, lost, RECORD)).verifyError(KintoException.class);
			assertThat(this.sent).hasSize(1);
		}
	}

	@Test
	void timeoutIsRepeated() {
		useRealTime();
		this.timeout = Duration.ofMillis(50);
		StepVerifier.create(run(RECORDS.get("x"), silence(), RECORD))
			.expectNextCount(1)
			.expectComplete()
			.verify(Duration.ofSeconds(10));
	}

	@Test
	void pausesDouble() {
		KintoClient client = client(fail(new IOException("reset")));
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		Thread caller = new Thread(
				() -> failure.complete(catchThrowable(() -> client.blocking().execute(RECORDS.get("x")))));
		caller.start();
		await().until(() -> caller.getState() == Thread.State.WAITING);
		for (int pause : new int[] { 100, 200, 400 }) {
			int before = this.sent.size();
			this.time.advanceTimeBy(Duration.ofMillis(pause - 1));
			assertThat(this.sent).hasSize(before);
			this.time.advanceTimeBy(Duration.ofMillis(1));
			assertThat(this.sent).hasSize(before + 1);
		}
		assertThat(failure).succeedsWithin(Duration.ofSeconds(5)).isInstanceOf(KintoTransportException.class);
	}

	@Test
	void callTimeoutLimitsAllAttempts() {
		useRealTime();
		this.retry = this.retry.delay(Duration.ofMillis(200));
		this.timeout = Duration.ofSeconds(1);
		this.callTimeout = this.timeout;
		StepVerifier.create(run(RECORDS.get("x"), fail(new IOException("reset")), silence()))
			.expectErrorMessage(
					"getRecord GET /buckets/b/collections/c/records/x: no successful response within 1000 ms,"
							+ " in 2 attempts")
			.verify(Duration.ofSeconds(10));
	}

	@Test
	void waitThatExceedsTheCallTimeoutFailsAtOnce() {
		this.callTimeout = Duration.ofSeconds(6);
		StepVerifier.create(run(RECORDS.get("x"), answer(json(503, "{}", "Retry-After", "7")), RECORD))
			.verifyError(KintoUnavailableException.class);
	}

	@Test
	void clientCanSendEachRequestOnce() {
		this.retry = KintoRetry.none();
		StepVerifier.create(run(RECORDS.get("x"), fail(new IOException("reset")), RECORD))
			.verifyError(KintoTransportException.class);
		assertThat(this.sent).hasSize(1);
	}

	@Test
	void operationCanSendItsRequestOnce() {
		StepVerifier
			.create(run(RECORDS.get("x", (r) -> r.retry(KintoRetry.none())), fail(new IOException("reset")), RECORD))
			.verifyError(KintoTransportException.class);
		assertThat(this.sent).hasSize(1);
	}

	@Test
	void conflictWithTheOwnCreationIsASuccess() {
		KintoCall<KintoObject<Map<String, Object>>> call = RECORDS.create(Map.of("a", 2));
		StepVerifier
			.create(run(call, fail(new IOException("reset")), existing("{\"id\":\"x\",\"last_modified\":7,\"a\":1}")))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(100)))
			.assertNext((created) -> assertThat(created).extracting("lastModified").isEqualTo(KintoTimestamp.of(7)))
			.verifyComplete();
	}

	@Test
	void conflictWithTheSameDataIsASuccess() {
		StepVerifier
			.create(run(RECORDS.create("x", Map.of("a", 1, "b", List.of())), fail(new IOException("reset")),
					existing("{\"id\":\"x\",\"last_modified\":7,\"b\":[],\"a\":1.0}")))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(100)))
			.expectNextCount(1)
			.verifyComplete();
	}

	/**
	 * Another writer created the object, with a field that the type of the data lacks.
	 */
	@Test
	void conflictWithMoreDataIsNoSuccess() {
		StepVerifier
			.create(run(NOTES.create("x", new Note("a")), fail(new IOException("reset")),
					existing("{\"id\":\"x\",\"last_modified\":7,\"text\":\"a\",\"stars\":1}")))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(100)))
			.verifyErrorSatisfies((ex) -> assertThat(ex).isExactlyInstanceOf(KintoTransportException.class));
	}

	/**
	 * Kinto adds it to the records of a collection with a schema.
	 */
	@Test
	void versionOfTheSchemaIsNoDifference() {
		StepVerifier
			.create(run(NOTES.create("x", new Note("a")), fail(new IOException("reset")),
					existing("{\"id\":\"x\",\"last_modified\":7,\"text\":\"a\",\"schema\":3}")))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(100)))
			.expectNextCount(1)
			.verifyComplete();
	}

	/**
	 * The data may come from another writer, and the permissions are unknown.
	 */
	@Test
	void sameDataProvesNothingForOtherWrites() {
		for (KintoCall<?> call : List.of(RECORDS.create("x", Map.of("a", 1), (w) -> w.permissions((p) -> p.read("me"))),
				RECORDS.replace("x", Map.of("a", 1), (w) -> w.lastModified(KintoTimestamp.of(4))))) {
			StepVerifier
				.create(run(call, fail(new IOException("reset")),
						existing("{\"id\":\"x\",\"last_modified\":7,\"a\":1}")))
				.then(() -> this.time.advanceTimeBy(Duration.ofMillis(100)))
				.verifyErrorSatisfies((ex) -> assertThat(ex).isExactlyInstanceOf(KintoTransportException.class));
		}
	}

	@Test
	void deletionByQueryIsSentOnceIfTheResponseIsLost() {
		KintoClient client = client(answering(fail(new IOException("reset")), RECORD));
		StepVerifier.create(client.execute(RECORDS.deleteAll((q) -> q.where("a").is(1))))
			.verifyError(KintoTransportException.class);
		assertThat(this.sent).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "502, 502", "502, 503", "503, 504", "502, 400" })
	void lastErrorOfAGatewayIsReportedAsItIs(int first, int status) {
		this.retry = this.retry.maxRetries(1);
		StepVerifier
			.create(run(RECORDS.replace("x", Map.of("a", 1)), answer(json(first, "{}")), answer(json(status, "{}"))))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(100)))
			.verifyErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(KintoResponseException.class,
					(response) -> assertThat(response.status()).isEqualTo(status)));
	}

	@Test
	void backoffOfTheRejectionIsRespected() {
		this.backoffMode = KintoBackoffMode.WAIT;
		StepVerifier.create(run(RECORDS.get("x"), answer(json(503, "{}", "Retry-After", "1", "Backoff", "9")), RECORD))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(8999)))
			.then(() -> assertThat(this.sent).hasSize(1))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(1)))
			.expectNextCount(1)
			.verifyComplete();
	}

	@Test
	void rejectionWithBackoffFailsAtOnceIfConfigured() {
		this.backoffMode = KintoBackoffMode.FAIL;
		KintoClient client = client(answering(answer(json(503, "{}", "Retry-After", "1", "Backoff", "9")), RECORD));
		StepVerifier.create(client.execute(RECORDS.get("x"))).verifyError(KintoUnavailableException.class);
		assertThat(client.statistics().retries()).isZero();
	}

	/**
	 * Another call can get a backoff while this one pauses.
	 */
	@Test
	void backoffThatBeginsDuringAPauseIsRespected() {
		this.backoffMode = KintoBackoffMode.FAIL;
		KintoClient client = client(answering(fail(new KintoNotSentException("refused", new ConnectException())),
				answer(json(200, "{\"data\":{\"id\":\"x\",\"last_modified\":5}}", "Backoff", "60")), RECORD));
		StepVerifier.create(client.execute(RECORDS.get("x")))
			.then(() -> client.execute(RECORDS.get("x")).block())
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(100)))
			.verifyErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(KintoNotSentException.class,
					(notSent) -> assertThat(notSent.retryAfter()).isPositive()));
		assertThat(this.sent).hasSize(2);
	}

	@Test
	void callThatWasNeverSentIsReportedAsNotSent() {
		useRealTime();
		this.retry = KintoRetry.defaults().delay(Duration.ofMillis(40)).jitter(0).maxRetries(100);
		this.timeout = Duration.ofMillis(10);
		this.callTimeout = Duration.ofMillis(100);
		StepVerifier
			.create(client(fail(new KintoNotSentException("refused", new ConnectException())))
				.execute(RECORDS.get("x")))
			.expectError(KintoNotSentException.class)
			.verify(Duration.ofSeconds(10));
	}

	/**
	 * The server may apply the request of the last attempt, which the timeout interrupts.
	 */
	@Test
	void callInFlightAtTheCallTimeoutIsNotReportedAsNotSent() {
		this.callTimeout = this.timeout;
		StepVerifier
			.create(run(RECORDS.createIfAbsent("x", Map.of("a", 1)),
					fail(new KintoNotSentException("refused", new ConnectException())), silence()))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(100)))
			.then(() -> await().until(() -> this.sent.size() == 2))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(4900)))
			.expectErrorSatisfies((ex) -> assertThat(ex).isExactlyInstanceOf(KintoTransportException.class)
				.hasMessageContaining("no successful response within 5000 ms, in 2 attempts"))
			.verify(Duration.ofSeconds(10));
	}

	@Test
	void repetitionHasTheCredentialsOfTheFirstAttempt() {
		List<String> tokens = new ArrayList<>(List.of("Bearer caller", "Bearer other"));
		this.authentication = () -> Mono.fromSupplier(() -> tokens.remove(0));
		StepVerifier.create(run(RECORDS.get("x"), answer(json(503, "{}", "Retry-After", "1")), RECORD))
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(1)))
			.expectNextCount(1)
			.verifyComplete();
		assertThat(this.sent).extracting((request) -> request.headers().getFirst(HttpHeaders.AUTHORIZATION))
			.containsExactly("Bearer caller", "Bearer caller");
	}

	/**
	 * A thread-local authentication works on the calling thread only.
	 */
	@Test
	void blockingCallRenewsItsCredentialsOnTheCallingThread() {
		useRealTime();
		List<Thread> threads = new ArrayList<>();
		this.authentication = () -> {
			threads.add(Thread.currentThread());
			return Mono.just("Bearer " + threads.size());
		};
		client(answering(answer(json(401, "{}")), RECORD)).blocking().execute(RECORDS.get("x"));
		assertThat(threads).containsExactly(Thread.currentThread(), Thread.currentThread());
		assertThat(this.sent).extracting((request) -> request.headers().getFirst(HttpHeaders.AUTHORIZATION))
			.containsExactly("Bearer 1", "Bearer 2");
	}

	/**
	 * The creation was applied before the credentials expired, so the conflict is one
	 * with itself.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void renewedCredentialsDoNotHideAnEarlierAttempt(boolean blocking) {
		useRealTime();
		this.retry = this.retry.delay(Duration.ofMillis(1));
		List<String> tokens = new ArrayList<>(List.of("Bearer old", "Bearer new"));
		this.authentication = () -> Mono.fromSupplier(() -> tokens.remove(0));
		KintoCall<KintoObject<Map<String, Object>>> create = RECORDS.create("x", Map.of("a", 1));
		KintoClient client = client(answering(fail(new IOException("reset")), answer(json(401, "{}")),
				existing("{\"id\":\"x\",\"last_modified\":7,\"a\":1}")));
		KintoObject<?> created = blocking ? client.blocking().execute(create) : client.execute(create).block();
		assertThat(created).extracting("lastModified").isEqualTo(KintoTimestamp.of(7));
		assertThat(this.sent).hasSize(3);
	}

	/**
	 * The next page was requested ahead, and its credentials expired. They can be renewed
	 * only when the thread of the caller asks for that page.
	 */
	@Test
	void slowConsumerOfAStreamHasTimeToRenewCredentials() {
		List<Thread> threads = new ArrayList<>();
		this.authentication = () -> {
			threads.add(Thread.currentThread());
			return Mono.just("Bearer " + threads.size());
		};
		KintoResponse first = json(200, "{\"data\":[{\"id\":\"x\",\"last_modified\":5}]}", "ETag", "\"5\"", "Next-Page",
				"http://h/v1/x?_token=t");
		KintoResponse last = json(200, "{\"data\":[{\"id\":\"y\",\"last_modified\":4}]}", "ETag", "\"5\"");
		KintoClient client = client(answering(answer(first), answer(json(401, "{}")), last));
		try (Stream<KintoObject<Map<String, Object>>> records = client.blocking().stream(RECORDS.stream())) {
			Iterator<KintoObject<Map<String, Object>>> iterator = records.iterator();
			assertThat(iterator.next().id()).isEqualTo("x");
			assertThat(this.sent).hasSize(2);
			this.time.advanceTimeBy(Duration.ofMinutes(10));
			assertThat(iterator.next().id()).isEqualTo("y");
			assertThat(iterator.hasNext()).isFalse();
		}
		assertThat(threads).hasSize(3).containsOnly(Thread.currentThread());
		assertThat(this.sent).extracting((request) -> request.headers().getFirst(HttpHeaders.AUTHORIZATION))
			.containsExactly("Bearer 1", "Bearer 2", "Bearer 3");
	}

	@Test
	void failedRenewalKeepsTheRejection() {
		List<Mono<String>> tokens = new ArrayList<>(
				List.of(Mono.just("Bearer old"), Mono.error(new IllegalStateException("no token"))));
		this.authentication = () -> tokens.remove(0);
		Logger logger = (Logger) LoggerFactory.getLogger(RequestCredentials.class);
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		logger.addAppender(log);
		StepVerifier.create(run(RECORDS.get("x"), answer(json(401, "{}")), RECORD))
			.verifyError(KintoAccessDeniedException.class);
		logger.detachAppender(log);
		assertThat(log.list).singleElement()
			.satisfies((event) -> assertThat(event.getFormattedMessage()).contains("401", RECORDS.get("x").toString()))
			.satisfies((event) -> assertThat(event.getThrowableProxy().getMessage()).isEqualTo("no token"));
	}

	@Test
	void cancelledPauseSendsNothing() {
		Disposable call = run(RECORDS.get("x"), answer(json(503, "{}", "Retry-After", "1")), RECORD).subscribe();
		assertThat(this.sent).hasSize(1);
		call.dispose();
		this.time.advanceTimeBy(Duration.ofSeconds(5));
		assertThat(this.sent).hasSize(1);
	}

	@Test
	void conflictWithOtherDataIsUncertain() {
		StepVerifier
			.create(run(RECORDS.create("x", Map.of("a", 1)), fail(new IOException("reset")),
					existing("{\"id\":\"x\",\"last_modified\":7,\"a\":2}")))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(100)))
			.verifyErrorSatisfies((ex) -> assertThat(ex).isExactlyInstanceOf(KintoTransportException.class)
				.hasMessageEndingWith("; the request was sent again, with the response 412:"
						+ " it is unknown whether it was applied"));
	}

	@Test
	void conflictWithoutAnEarlierAttemptIsAConflict() {
		StepVerifier
			.create(run(RECORDS.create("x", Map.of("a", 1)),
					fail(new KintoNotSentException("refused", new ConnectException())),
					existing("{\"id\":\"x\",\"last_modified\":7,\"a\":1}")))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(100)))
			.verifyError(KintoConflictException.class);
	}

	/**
	 * Another writer may have written the same data, such as the next value of a counter.
	 */
	@Test
	void updateByFunctionIsUncertainAfterAConflict() {
		List<String> methods = new ArrayList<>();
		KintoClient client = client((request) -> {
			methods.add(request.method().name());
			return switch (methods.size()) {
				case 1 -> Mono.just(RECORD);
				case 2 -> Mono.error(new IOException("reset"));
				default -> Mono.just(existing("{\"id\":\"x\",\"last_modified\":7,\"a\":2}"));
			};
		});
		StepVerifier.create(client.execute(RECORDS.update("x", (data) -> Map.of("a", 2))))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(100)))
			.verifyError(KintoTransportException.class);
		assertThat(methods).containsExactly("GET", "PUT", "PUT");
	}

	@Test
	void failureAfterALostResponseIsNotReportedAsNotSent() {
		this.retry = this.retry.maxRetries(1);
		StepVerifier
			.create(run(RECORDS.delete("x"), fail(new IOException("reset")),
					fail(new KintoNotSentException("refused", new ConnectException()))))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(100)))
			.verifyErrorSatisfies((ex) -> assertThat(ex).isExactlyInstanceOf(KintoTransportException.class)
				.hasMessageContaining("reset"));
	}

	static Stream<List<Function<KintoRequest, Mono<KintoResponse>>>> lastAttempts() {
		return Stream.of(List.of(fail(new IOException("reset"))),
				List.of(fail(new IOException("reset")),
						fail(new KintoNotSentException("refused", new ConnectException()))),
				List.of(fail(new KintoTransportException("reset", null))));
	}

	/**
	 * The response of a gateway must not hide that a later attempt may have been applied.
	 */
	@ParameterizedTest
	@MethodSource("lastAttempts")
	void lostResponseAfterTheResponseOfAGatewayIsUncertain(List<Function<KintoRequest, Mono<KintoResponse>>> last) {
		this.retry = this.retry.maxRetries(last.size());
		List<Object> answers = new ArrayList<>(last);
		answers.add(0, answer(json(503, "<html>")));
		StepVerifier.create(run(RECORDS.delete("x"), answers.toArray())).then(() -> await().until(() -> {
			this.time.advanceTimeBy(Duration.ofMillis(100));
			return this.sent.size() == answers.size();
		}))
			.verifyErrorSatisfies((ex) -> assertThat(ex).isExactlyInstanceOf(KintoTransportException.class)
				.hasMessageContaining("reset"));
	}

	@Test
	void credentialsAreRenewedOnceAfterA401() {
		List<String> tokens = new ArrayList<>(List.of("Bearer old", "Bearer new", "Bearer newer"));
		this.authentication = () -> Mono.fromSupplier(() -> tokens.remove(0));
		StepVerifier
			.create(run(RECORDS.jsonPatch("x", (patch) -> patch.add("/data/a", 1)), answer(json(401, "{}")), RECORD))
			.expectNextCount(1)
			.verifyComplete();
		assertThat(this.sent).extracting((request) -> request.headers().getFirst(HttpHeaders.AUTHORIZATION))
			.containsExactly("Bearer old", "Bearer new");
		this.sent.clear();
		tokens.addAll(0, List.of("Bearer old", "Bearer new", "Bearer newer"));
		StepVerifier.create(run(RECORDS.get("x"), answer(json(401, "{}")), answer(json(401, "{}")), RECORD))
			.verifyError(KintoException.class);
		assertThat(this.sent).hasSize(2);
	}

	/**
	 * Another thread does not have the security context of the caller.
	 */
	@Test
	void authenticationThatFailedIsInvokedAgainOnTheCallingThread() {
		useRealTime();
		Thread caller = Thread.currentThread();
		List<Boolean> asked = new CopyOnWriteArrayList<>();
		this.authentication = () -> {
			asked.add(Thread.currentThread() == caller);
			return (asked.size() == 1) ? Mono.error(new IOException("reset")) : Mono.just("Bearer token");
		};
		client(answer(RECORD)).blocking().execute(RECORDS.get("x"));
		assertThat(asked).containsExactly(true, true);
	}

	@Test
	void anonymousRequestIsSentAgainAnonymously() {
		List<Mono<String>> answers = new ArrayList<>(List.of(Mono.empty(), Mono.just("Bearer other")));
		this.authentication = () -> answers.remove(0);
		StepVerifier.create(run(RECORDS.get("x"), answer(json(503, "{}", "Retry-After", "1")), RECORD))
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(1)))
			.expectNextCount(1)
			.verifyComplete();
		assertThat(this.sent).extracting((request) -> request.headers().getFirst(HttpHeaders.AUTHORIZATION))
			.containsOnlyNulls();
	}

	@Test
	void credentialsOfTheRequestItselfAreNotReplaced() {
		this.authentication = KintoAuthentication.bearer("client");
		StepVerifier
			.create(run(RECORDS.get("x", (r) -> r.header(HttpHeaders.AUTHORIZATION, "Bearer own")),
					answer(json(401, "{}")), RECORD))
			.verifyError(KintoAccessDeniedException.class);
		assertThat(this.sent).hasSize(1);
	}

	@Test
	void rejectedCredentialsAreNotSentAgain() {
		this.authentication = KintoAuthentication.bearer("token");
		StepVerifier.create(run(RECORDS.get("x"), answer(json(401, "{}")), RECORD)).verifyError(KintoException.class);
		assertThat(this.sent).hasSize(1);
	}

	@Test
	void cancelledCallIsNotSentAgain() {
		CompletableFuture<?> call = run(RECORDS.get("x"), fail(new IOException("reset")), RECORD).toFuture();
		call.cancel(true);
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(this.sent).hasSize(1);
	}

	@Test
	void closedClientSendsNothingAgain() {
		KintoClient client = client(fail(new KintoNotSentException("refused", new ConnectException())));
		CompletableFuture<?> call = client.execute(RECORDS.delete("x")).toFuture();
		client.close();
		assertThat(call).failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(KintoNotSentException.class)
			.withMessageContaining("the client is closed");
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(this.sent).hasSize(1);
	}

	@Test
	void writeBeforeTheClientWasClosedIsUncertain() {
		KintoClient client = client(fail(new IOException("reset")));
		CompletableFuture<?> call = client.execute(RECORDS.delete("x")).toFuture();
		client.close();
		assertThat(call).failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.havingCause()
			.isExactlyInstanceOf(KintoTransportException.class)
			.withMessageContaining("reset");
	}

	@Test
	void errorOfAnotherThreadShowsTheCaller() {
		useRealTime();
		this.retry = this.retry.delay(Duration.ofMillis(1)).maxRetries(1);
		Throwable error = catchThrowable(
				() -> client(fail(new IOException("reset"))).blocking().execute(RECORDS.get("x")));
		assertThat(error.getStackTrace()).noneSatisfy(RetryTests::isOfTest);
		assertThat(error.getSuppressed()).singleElement()
			.satisfies((caller) -> assertThat(caller.getStackTrace()).anySatisfy(RetryTests::isOfTest));
	}

	private static void isOfTest(StackTraceElement frame) {
		assertThat(frame.getClassName()).isEqualTo(RetryTests.class.getName());
	}

	@Test
	void interruptedThreadSendsNothingAgain() {
		KintoClient client = client(fail(new IOException("reset")));
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		Thread caller = new Thread(
				() -> failure.complete(catchThrowable(() -> client.blocking().execute(RECORDS.get("x")))));
		caller.start();
		await().until(() -> caller.getState() == Thread.State.WAITING);
		caller.interrupt();
		assertThat(failure).succeedsWithin(Duration.ofSeconds(5))
			.isInstanceOfSatisfying(KintoTransportException.class,
					(ex) -> assertThat(ex).hasMessageContaining("interrupted"));
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(this.sent).hasSize(1);
	}

	@Test
	void retriesAreCounted() {
		KintoClient client = client(answering(fail(new IOException("reset")), RECORD));
		StepVerifier.create(client.execute(RECORDS.get("x")))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(100)))
			.expectNextCount(1)
			.verifyComplete();
		assertThat(client.statistics().retries()).isEqualTo(1);
	}

	private Mono<?> run(KintoCall<?> call, Object... answers) {
		return client(answering(answers)).execute(call);
	}

	@SuppressWarnings("unchecked")
	private static Function<KintoRequest, Mono<KintoResponse>> answering(Object... answers) {
		List<Object> rest = new ArrayList<>(List.of(answers));
		return (request) -> (rest.remove(0) instanceof Function<?, ?> answer)
				? ((Function<KintoRequest, Mono<KintoResponse>>) answer).apply(request)
				: Mono.just((KintoResponse) answers[answers.length - 1]);
	}

	private KintoClient client(Function<KintoRequest, Mono<KintoResponse>> server) {
		return KintoClient.builder((request) -> {
			this.sent.add(request);
			return server.apply(request);
		})
			.retry(this.retry)
			.timeout(this.timeout)
			.callTimeout(this.callTimeout)
			.backoffMode(this.backoffMode)
			.authentication(this.authentication)
			.clock(SchedulersClock.create())
			.build();
	}

	private static Function<KintoRequest, Mono<KintoResponse>> fail(Throwable failure) {
		return (request) -> Mono.error(failure);
	}

	private static Function<KintoRequest, Mono<KintoResponse>> silence() {
		return (request) -> Mono.never();
	}

	private static Function<KintoRequest, Mono<KintoResponse>> answer(KintoResponse response) {
		return (request) -> Mono.just(response);
	}

	private static KintoResponse existing(String existing) {
		return json(412, "{\"errno\":114,\"details\":{\"existing\":" + existing + "}}");
	}

	private static KintoResponse json(int status, String body, String... header) {
		HttpHeaders headers = new HttpHeaders();
		for (int i = 0; i < header.length; i += 2) {
			headers.set(header[i], header[i + 1]);
		}
		return new KintoResponse(status, headers, body.getBytes(StandardCharsets.UTF_8));
	}

	record Note(String text) {
	}

}
