package io.kintospring.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.kintospring.KintoBatchOptions;
import io.kintospring.KintoNotSentException;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.CollectionCalls;
import io.kintospring.protocol.KintoBatch;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for credentials that depend on the thread or the Reactor context.
 */
@Timeout(20)
class CredentialsTests {

	private static final CollectionCalls<Map<String, Object>> RECORDS = Calls.KINTO.bucket("b").collection("c");

	private static final String MEMBER = """
			{"status":200,"headers":{},"body":{"data":{"id":"x","last_modified":5}}}""";

	private static final String REJECTED_MEMBER = """
			{"path":"/v1/x","status":401,"headers":{},"body":{"errno":104}}""";

	/** Stands for the security context of Spring MVC. */
	private static final ThreadLocal<@Nullable String> USER = new ThreadLocal<>();

	private final List<String> authorizations = new CopyOnWriteArrayList<>();

	private volatile String token = "old";

	private final KintoTransport transport = (request) -> {
		this.authorizations.add(String.valueOf(request.headers().getFirst("Authorization")));
		return Mono.fromSupplier(() -> response(request)).subscribeOn(Schedulers.parallel());
	};

	private final KintoClient client = KintoClient.builder(this.transport)
		.authentication(() -> Mono.justOrEmpty(USER.get()))
		.build();

	@AfterEach
	void forget() {
		USER.remove();
	}

	/**
	 * Operations that send several requests.
	 */
	static Stream<Consumer<KintoClient>> runs() {
		KintoCall<?> call = RECORDS.get("x");
		KintoBatch oneByOne = batch((o) -> o.maxRequests(1));
		KintoBatch sideBySide = batch((o) -> o.maxRequests(2).parallel(3));
		KintoBatch limitedByServer = batch((o) -> o);
		KintoBatch stopping = batch((o) -> o.maxRequests(1).stopAtFailedRequest());
		return Stream
			.of(named("flow", (client) -> client.blocking().execute(RECORDS.update("x", (data) -> Map.of()))),
					named("reactive flow", (client) -> client.execute(RECORDS.update("x", (data) -> Map.of())).block()),
					named("call of a plugin",
							(client) -> client.blocking().execute(Calls.KINTO.bucket("b").history().list())),
					named("reactive call of a plugin",
							(client) -> client.execute(Calls.KINTO.bucket("b").history().list()).block()),
					named("batch, one by one", (client) -> client.blocking().execute(oneByOne)),
					named("reactive batch, one by one", (client) -> client.execute(oneByOne).block()),
					named("batch, side by side", (client) -> client.blocking().execute(sideBySide)),
					named("reactive batch, side by side", (client) -> client.execute(sideBySide).block()),
					named("batch, limited by the server", (client) -> client.blocking().execute(limitedByServer)),
					named("reactive batch, limited by the server", (client) -> client.execute(limitedByServer).block()),
					named("batch, stopping", (client) -> client.blocking().execute(stopping)),
					named("reactive batch, stopping", (client) -> client.execute(stopping).block()),
					named("stream", (client) -> client.blocking().stream(RECORDS.stream()).count()),
					named("reactive stream", (
							client) -> client.stream(RECORDS.stream()).blockLast()),
					named("parallel stream", (client) -> client.blocking().stream(RECORDS.streamInParallel(3)).count()),
					named("reactive parallel stream",
							(client) -> client.stream(RECORDS.streamInParallel(3)).blockLast()),
					named("parallel stream in order",
							(client) -> client.blocking()
								.stream(RECORDS.streamInParallel(3, (q) -> q.sort("-id")))
								.count()),
					named("reactive parallel stream in order",
							(client) -> client.stream(RECORDS.streamInParallel(3, (q) -> q.sort("-id"))).blockLast()),
					named("two calls", (client) -> {
						client.blocking().execute(call);
						client.execute(call).block();
					}));
	}

	private static KintoBatch batch(KintoBatchOptions.Customizer options) {
		List<KintoCall<?>> calls = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			calls.add(RECORDS.get("x"));
		}
		return Calls.KINTO.batch(calls, options);
	}

	private static Consumer<KintoClient> named(String name, Consumer<KintoClient> run) {
		return new Consumer<>() {

			@Override
			public void accept(KintoClient client) {
				run.accept(client);
			}

			@Override
			public String toString() {
				return name;
			}

		};
	}

	@ParameterizedTest
	@MethodSource("runs")
	void everyRequestHasTheCredentialsOfTheCallingThread(Consumer<KintoClient> run) {
		USER.set("Bearer ann");
		run.accept(this.client);
		assertThat(this.authorizations).hasSizeGreaterThan(1).containsOnly("Bearer ann");
	}

	@ParameterizedTest
	@MethodSource("runs")
	void requestsWithoutCredentialsAreAnonymous(Consumer<KintoClient> run) {
		run.accept(this.client);
		assertThat(this.authorizations).hasSizeGreaterThan(1).containsOnly("null");
	}

	/**
	 * Such as after a logout.
	 */
	@ParameterizedTest
	@MethodSource("operations")
	void laterRequestsAreNeverAnonymous(Consumer<KintoClient> run) {
		AtomicBoolean asked = new AtomicBoolean();
		run.accept(KintoClient.builder(this.transport)
			.authentication(() -> Mono.just("Bearer ann").filter((first) -> !asked.getAndSet(true)))
			.build());
		assertThat(this.authorizations).hasSizeGreaterThan(1).containsOnly("Bearer ann");
	}

	@ParameterizedTest
	@MethodSource("runs")
	void expiredCredentialsAreRenewed(Consumer<KintoClient> run) {
		assertRenewed(run, () -> Mono.fromSupplier(() -> "Bearer " + this.token), "Bearer");
	}

	@ParameterizedTest
	@MethodSource("blockingRuns")
	void expiredCredentialsAreRenewedOnTheCallingThread(Consumer<KintoClient> run) {
		USER.set("ann");
		assertRenewed(run, () -> Mono.justOrEmpty(USER.get()).map((user) -> user + " " + this.token), "ann");
	}

	/**
	 * Every request is sent once with valid credentials, and the authentication is asked
	 * once for each rejection.
	 */
	private void assertRenewed(Consumer<KintoClient> run, KintoAuthentication authentication, String user) {
		run.accept(KintoClient.builder(this.transport).build());
		int requests = this.authorizations.size();
		this.authorizations.clear();
		AtomicInteger asked = new AtomicInteger();
		run.accept(expiring(() -> {
			asked.incrementAndGet();
			return authentication.authorization();
		}));
		int rejected = Collections.frequency(this.authorizations, user + " old");
		assertThat(rejected).isPositive();
		assertThat(this.authorizations).containsOnly(user + " old", user + " new").hasSize(requests + rejected);
		assertThat(asked).hasValueLessThanOrEqualTo(requests + rejected);
	}

	static Stream<Consumer<KintoClient>> operations() {
		return runs().filter((run) -> !run.toString().equals("two calls"));
	}

	static Stream<Consumer<KintoClient>> blockingRuns() {
		return operations().filter((run) -> !run.toString().startsWith("reactive"));
	}

	private KintoClient expiring(KintoAuthentication authentication) {
		return KintoClient.builder((request) -> {
			Mono<KintoResponse> response = this.transport.exchange(request);
			if (!String.valueOf(request.headers().getFirst("Authorization")).endsWith("old")) {
				return response;
			}
			this.token = "new";
			return Mono.fromSupplier(() -> unauthorized(request)).subscribeOn(Schedulers.parallel());
		}).authentication(authentication).build();
	}

	/**
	 * Kinto does not check the credentials of a batch, but those of each call in it.
	 */
	private static KintoResponse unauthorized(KintoRequest request) {
		return request.path().equals("/batch") ? batch(request, REJECTED_MEMBER) : Calls.answer(401, "{}");
	}

	@Test
	void batchIsSentOnceWithCredentialsThatStayInvalid() {
		KintoClient rejected = expiring(() -> Mono.just("Bearer old"));
		KintoBatch batch = batch((o) -> o.maxRequests(5).collectErrors());
		for (BatchResult result : List.of(rejected.blocking().execute(batch), rejected.execute(batch).block())) {
			assertThat(result.outcomes()).hasSize(5).allMatch((outcome) -> outcome.status() == 401);
		}
		assertThat(this.authorizations).containsExactly("Bearer old", "Bearer old");
	}

	/**
	 * Such as a token endpoint that limits its requests.
	 */
	@Test
	void parallelRequestsOfAReactiveBatchShareTheCredentials() {
		AtomicInteger asked = new AtomicInteger();
		KintoAuthentication slow = () -> Mono.delay(Duration.ofMillis(20))
			.map((waited) -> "Bearer " + asked.incrementAndGet());
		KintoClient client = KintoClient.builder((request) -> {
			Mono<KintoResponse> response = this.transport.exchange(request);
			return "Bearer 1".equals(request.headers().getFirst("Authorization")) ? Mono.just(Calls.answer(401, "{}"))
					: response;
		}).authentication(slow).build();
		client.execute(batch((o) -> o.maxRequests(1).parallel(5))).block();
		assertThat(asked).hasValue(2);
		assertThat(this.authorizations).hasSize(10).containsOnly("Bearer 1", "Bearer 2");
	}

	/**
	 * A call that succeeded without credentials must not be applied twice.
	 */
	@Test
	void batchIsSentOnceIfACallSucceeded() {
		AtomicInteger tokens = new AtomicInteger();
		KintoClient partly = KintoClient.builder((request) -> {
			this.authorizations.add(String.valueOf(request.headers().getFirst("Authorization")));
			return Mono
				.fromSupplier(() -> Calls.answer(200, "{\"responses\":[" + REJECTED_MEMBER + "," + MEMBER + "]}"));
		}).authentication(() -> Mono.fromSupplier(() -> "Bearer " + tokens.incrementAndGet())).build();
		KintoBatch batch = Calls.KINTO.batch(List.of(RECORDS.get("x"), RECORDS.get("x")),
				(o) -> o.maxRequests(5).collectErrors());
		assertThat(partly.blocking().execute(batch).outcomes()).extracting(BatchResult.Outcome::status)
			.containsExactly(401, 200);
		assertThat(partly.execute(batch).block().outcomes()).extracting(BatchResult.Outcome::status)
			.containsExactly(401, 200);
		assertThat(this.authorizations).containsExactly("Bearer 1", "Bearer 2");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void batchStopsIfKintoRejectsTheCredentialsOfEachCall(boolean blocking) {
		AtomicInteger requests = new AtomicInteger();
		KintoClient client = KintoClient.builder((request) -> Mono.fromSupplier(() -> {
			requests.incrementAndGet();
			return batch(request, REJECTED_MEMBER);
		})).build();
		KintoBatch batch = Calls.KINTO.batch(
				List.of(RECORDS.get("a"), RECORDS.get("b"), RECORDS.get("c"), RECORDS.get("d")),
				(o) -> o.maxRequests(2).stopAtFailedRequest().collectErrors());
		BatchResult result = blocking ? client.blocking().execute(batch) : client.execute(batch).block();
		assertThat(requests).hasValue(1);
		assertThat(result.errors()).hasSize(2);
		assertThat(result.notSent()).hasSize(2);
	}

	@Test
	void credentialsCanBeInTheReactorContext() {
		KintoClient contextual = KintoClient.builder(this.transport)
			.authentication(() -> Mono.deferContextual((view) -> Mono.just("Bearer " + view.get("user"))))
			.build();
		contextual.stream(RECORDS.stream())
			.thenMany(contextual.stream(RECORDS.streamInParallel(3)))
			.thenMany(contextual.stream(RECORDS.streamInParallel(3, (q) -> q.sort("-last_modified"))))
			.then(contextual.execute(batch((o) -> o.maxRequests(1))))
			.contextWrite(Context.of("user", "ann"))
			.block();
		assertThat(this.authorizations).hasSizeGreaterThan(10).containsOnly("Bearer ann");
	}

	/**
	 * Tokens can expire while a long list is read.
	 */
	@Test
	void eachPageOfAStreamHasFreshCredentials() {
		AtomicInteger tokens = new AtomicInteger();
		KintoClient renewing = KintoClient.builder(this.transport)
			.authentication(() -> Mono.fromSupplier(() -> "Bearer " + tokens.incrementAndGet()))
			.build();
		renewing.stream(RECORDS.stream()).blockLast();
		assertThat(renewing.blocking().stream(RECORDS.stream()).count()).isEqualTo(2);
		assertThat(this.authorizations).containsExactly("Bearer 1", "Bearer 2", "Bearer 3", "Bearer 4");
	}

	static Stream<Arguments> unusable() {
		return Stream.of(Arguments.of("Bearer t\r\nX-Admin: 1", "line break"),
				Arguments.of("Bearer t\u0000", "control"), Arguments.of(" Bearer t", "starts or ends with a space"),
				Arguments.of("Bearer t ", "starts or ends with a space"), Arguments.of("Bearer t\u0119", "ISO-8859-1"),
				Arguments.of("", "The value is empty"));
	}

	/**
	 * The HTTP library would reject or change them later.
	 */
	@ParameterizedTest
	@MethodSource("unusable")
	void invalidCredentialsAreNotSent(String authorization, String reason) {
		assertNotSent(() -> Mono.just(authorization), reason);
		assertNotSent(() -> Mono.just(authorization).hide(), reason);
	}

	@Test
	@SuppressWarnings("NullAway")
	void nullAuthenticationIsReported() {
		assertNotSent(() -> null, "Mono.empty()");
	}

	private void assertNotSent(KintoAuthentication authentication, String reason) {
		KintoClient client = KintoClient.builder(this.transport).authentication(authentication).build();
		assertThatExceptionOfType(KintoNotSentException.class).isThrownBy(() -> client.blocking().execute(Calls.GET))
			.withMessageContaining("KintoAuthentication")
			.withMessageContaining(reason)
			.withMessageNotContaining("Bearer");
		KintoBatch batch = batch((o) -> o.maxRequests(2).collectErrors());
		for (BatchResult result : List.of(client.blocking().execute(batch), client.execute(batch).block())) {
			assertThat(result.errors()).hasSize(5)
				.allSatisfy((outcome) -> assertThat(outcome.error()).isInstanceOf(KintoNotSentException.class));
		}
		assertThat(this.authorizations).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "s3cr\u00e9t", "s3cr\u0119t", "s3c r3t", "s3cr3t\n", "s3c\u007fr3t", "s3c\u0000r3t" })
	void bearerTokenMustBeVisibleAscii(String token) {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoAuthentication.bearer(token))
			.withMessageContaining("must not be empty or contain whitespace, non-ASCII or control characters")
			.withMessageNotContaining("s3c");
	}

	@Test
	void bearerTokenMayContainAnyVisibleCharacter() {
		assertThat(KintoAuthentication.bearer("!s3cr3t~").authorization().block()).isEqualTo("Bearer !s3cr3t~");
	}

	private static KintoResponse response(KintoRequest request) {
		if (request.target().equals("/")) {
			return Calls.answer(200, "{\"http_api_version\":\"1.23\",\"settings\":{\"batch_max_requests\":2},"
					+ "\"capabilities\":{\"history\":{}}}");
		}
		if (request.path().equals("/batch")) {
			return batch(request, MEMBER);
		}
		if (request.path().endsWith("/records")) {
			return request.query().matches(".*(_token|lt_).*")
					? Calls.answer(200, "{\"data\":[{\"id\":\"y\",\"last_modified\":4}]}", "ETag", "\"5\"")
					: Calls.answer(200, "{\"data\":[{\"id\":\"x\",\"last_modified\":5}]}", "ETag", "\"5\"", "Next-Page",
							"http://h/v1/x?_token=t");
		}
		if (request.path().endsWith("/history")) {
			return Calls.answer(200, "{\"data\":[]}", "ETag", "\"5\"");
		}
		return Calls.answer(200, "{\"data\":{\"id\":\"x\",\"last_modified\":5}}");
	}

	private static KintoResponse batch(KintoRequest request, String member) {
		String body = new String(body(request), StandardCharsets.UTF_8);
		int calls = body.split("\"path\"", -1).length - 1;
		return Calls.answer(200, "{\"responses\":[" + String.join(",", Collections.nCopies(calls, member)) + "]}");
	}

	private static byte[] body(KintoRequest request) {
		try {
			return Objects.requireNonNull(request.body()).getContentAsByteArray();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
