package io.kintospring.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.kintospring.KintoBackoffMode;
import io.kintospring.KintoNotSentException;
import io.kintospring.KintoRetry;
import io.kintospring.KintoTransportException;
import io.kintospring.protocol.KintoCalls;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Requests while the server asks its clients to back off, in virtual time.
 */
@Timeout(20)
class BackoffModeTests {

	/** Stands for the security context of Spring MVC. */
	private static final ThreadLocal<@Nullable String> USER = new ThreadLocal<>();

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final List<String> sent = new ArrayList<>();

	private final List<String> authorizations = new ArrayList<>();

	private String backoff = "20";

	@BeforeEach
	void useVirtualTime() {
		VirtualTimeScheduler.set(this.time);
	}

	@AfterEach
	void useRealTime() {
		VirtualTimeScheduler.reset();
	}

	@Test
	void requestsAreSentByDefault() {
		KintoClient client = client(KintoBackoffMode.NOTIFY);
		client.execute(Calls.GET).block();
		client.execute(Calls.GET).block();
		assertThat(this.sent).hasSize(2);
	}

	@Test
	void requestsWait() {
		KintoClient client = client(KintoBackoffMode.WAIT);
		client.execute(Calls.GET).block();
		StepVerifier.create(client.execute(Calls.GET))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(19_999)))
			.then(() -> assertThat(this.sent).hasSize(1))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(1)))
			.expectNextCount(1)
			.verifyComplete();
	}

	@Test
	void requestThatWouldWaitTooLongFails() {
		this.backoff = "31";
		assertThatNotSent(client(KintoBackoffMode.WAIT), Duration.ofSeconds(31));
	}

	/**
	 * The server may apply the request, which the call timeout interrupts.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 0, 3 })
	void callTimeoutIncludesTheWait(int maxRetries) {
		KintoClient client = KintoClient.builder((request) -> {
			this.sent.add(request.path());
			return (this.sent.size() == 1) ? Mono.just(Calls.found("Backoff", "29")) : Mono.never();
		})
			.backoffMode(KintoBackoffMode.WAIT)
			.retry(KintoRetry.defaults().maxRetries(maxRetries))
			.clock(SchedulersClock.create())
			.build();
		client.execute(Calls.GET).block();
		StepVerifier.create(client.execute(Calls.GET))
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(29)))
			.then(() -> await().until(() -> this.sent.size() == 2))
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(1)))
			.expectErrorSatisfies((ex) -> assertThat(ex).isExactlyInstanceOf(KintoTransportException.class)
				.hasMessageEndingWith("no successful response within 30000 ms, in 1 attempts"))
			.verify(Duration.ofSeconds(10));
	}

	@Test
	void requestsFail() {
		assertThatNotSent(client(KintoBackoffMode.FAIL), Duration.ofSeconds(20));
	}

	private void assertThatNotSent(KintoClient client, Duration remaining) {
		client.execute(Calls.GET).block();
		assertThatExceptionOfType(KintoNotSentException.class).isThrownBy(() -> client.blocking().execute(Calls.GET))
			.withMessageEndingWith(
					" was not sent: the server asked to back off for " + remaining.toMillis() + " ms more")
			.satisfies((ex) -> assertThat(ex.retryAfter()).isEqualTo(remaining));
		assertThat(this.sent).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(KintoBackoffMode.class)
	void stateOfTheServerIsAlwaysRequested(KintoBackoffMode mode) {
		KintoClient client = client(mode);
		client.execute(Calls.GET).block();
		client.execute(KintoCalls.defaults().fetchHeartbeat()).onErrorComplete().block();
		client.execute(KintoCalls.defaults().fetchServerInfo()).onErrorComplete().block();
		assertThat(this.sent).hasSize(3);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void waitingRequestHasTheCredentialsOfTheCallingThread(boolean reactive) {
		KintoClient client = client(KintoBackoffMode.WAIT);
		client.execute(Calls.GET).block();
		CompletableFuture<Object> result = new CompletableFuture<>();
		Thread caller = new Thread(() -> {
			USER.set("Bearer ann");
			result.complete(reactive ? client.execute(Calls.GET).block() : client.blocking().execute(Calls.GET));
		});
		caller.start();
		await().until(() -> caller.getState() == Thread.State.WAITING);
		this.time.advanceTimeBy(Duration.ofSeconds(20));
		assertThat(result).succeedsWithin(Duration.ofSeconds(5));
		assertThat(this.authorizations).containsExactly("null", "Bearer ann");
	}

	/**
	 * Clients for other users of the same server share the backoff.
	 */
	@Test
	void copiesOfAClientBackOffTogether() {
		KintoClient client = client(KintoBackoffMode.FAIL);
		KintoClient copy = client.mutate().authentication(KintoAuthentication.bearer("other")).build();
		client.execute(Calls.GET).block();
		StepVerifier.create(copy.execute(Calls.GET)).verifyError(KintoNotSentException.class);
		assertThat(copy.remainingBackoff()).isEqualTo(Duration.ofSeconds(20));
	}

	private KintoClient client(KintoBackoffMode mode) {
		return KintoClient.builder((request) -> {
			this.sent.add(request.path());
			this.authorizations.add(String.valueOf(request.headers().getFirst("Authorization")));
			return Mono.just(Calls.found("Backoff", this.backoff));
		}).authentication(() -> Mono.justOrEmpty(USER.get())).backoffMode(mode).clock(SchedulersClock.create()).build();
	}

}
