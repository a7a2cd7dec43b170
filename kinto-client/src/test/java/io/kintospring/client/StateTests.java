package io.kintospring.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

import io.kintospring.KintoSignal;
import io.kintospring.client.KintoClientState.ReceivedSignal;
import io.kintospring.protocol.KintoResponse;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link KintoClientState}.
 */
class StateTests {

	private static final String HELLO = """
			{"project_version": "26.2.1", "http_api_version": "1.23", "capabilities": {"history": {}}}""";

	private static final String ALERT = "{\"code\":\"soft-eol\",\"message\":\"Move\",\"url\":\"https://x\"}";

	private static final KintoSignal DEPRECATION = new KintoSignal.Deprecation("soft-eol", "Move", "https://x");

	private final MovingClock clock = new MovingClock();

	private final Deque<String> headers = new ArrayDeque<>();

	private final KintoClient client = KintoClient.builder((request) -> Mono.just(answer(request.path())))
		.clock(this.clock)
		.name("main")
		.build();

	@Test
	void newClientKnowsNothingAboutTheServer() {
		KintoClientState state = this.client.state();
		assertThat(state.serverInfo()).isNull();
		assertThat(state.signals()).isEmpty();
		assertThat(state.remainingBackoff()).isZero();
		assertThat(state.takenAt()).isEqualTo(this.clock.instant());
	}

	@Test
	void containsSettings() {
		KintoClientState state = this.client.mutate()
			.timeout(Duration.ofSeconds(1))
			.transferTimeout(Duration.ofSeconds(2))
			.serverInfoExpiry(Duration.ofSeconds(3))
			.maxBackoff(Duration.ofSeconds(4))
			.build()
			.state();
		assertThat(state.name()).isEqualTo("main");
		assertThat(state.server()).isEqualTo(this.client.server());
		assertThat(state.timeout()).isEqualTo(Duration.ofSeconds(1));
		assertThat(state.transferTimeout()).isEqualTo(Duration.ofSeconds(2));
		assertThat(state.serverInfoExpiry()).isEqualTo(Duration.ofSeconds(3));
		assertThat(state.maxBackoff()).isEqualTo(Duration.ofSeconds(4));
	}

	@Test
	void containsTheKindOfAuthenticationWithoutCredentials() {
		assertThat(this.client.state().authentication()).isEqualTo("none");
		assertThat(state(KintoAuthentication.basic("u5er", "s3cr3t"))).contains("authentication=basic")
			.doesNotContain("u5er", "s3cr3t");
		assertThat(state(KintoAuthentication.bearer("t0ken"))).contains("authentication=bearer")
			.doesNotContain("t0ken");
		assertThat(state(() -> Mono.just("t0ken"))).contains("authentication=custom").doesNotContain("t0ken");
		assertThat(KintoAuthentication.bearer("t0ken")).hasToString("bearer");
	}

	private String state(KintoAuthentication authentication) {
		return this.client.mutate().authentication(authentication).build().state().toString();
	}

	@Test
	void containsServerInfoEvenIfItIsExpired() {
		this.client.blocking().execute(Calls.KINTO.fetchServerInfo());
		Instant received = this.clock.instant();
		this.clock.move(Duration.ofHours(1));
		assertThat(this.client.state().serverInfo()).satisfies((cached) -> {
			assertThat(cached.info().capabilities()).containsOnlyKeys("history");
			assertThat(cached.receivedAt()).isEqualTo(received);
			assertThat(cached.expiresAt()).isEqualTo(received.plus(Duration.ofMinutes(5)));
		});
	}

	@Test
	void containsLatestSignalsFirst() {
		receive("Backoff", "30");
		Instant first = this.clock.instant();
		this.clock.move(Duration.ofSeconds(10));
		receive("Retry-After", "7");
		Instant second = this.clock.instant();
		assertThat(this.client.state().signals()).containsExactly(
				new ReceivedSignal(second, new KintoSignal.RetryAfter(Duration.ofSeconds(7), second.plusSeconds(7))),
				new ReceivedSignal(first, new KintoSignal.Backoff(Duration.ofSeconds(30), first.plusSeconds(30))));
		assertThat(this.client.state().remainingBackoff()).isEqualTo(Duration.ofSeconds(20));
	}

	@Test
	void repeatedDeprecationIsContainedOnceWithTheLatestTime() {
		receive("Alert", ALERT);
		receive("Alert", "{\"code\":\"hard-eol\"}");
		this.clock.move(Duration.ofSeconds(10));
		receive("Alert", ALERT);
		assertThat(this.client.state().signals()).hasSize(2)
			.first()
			.isEqualTo(new ReceivedSignal(this.clock.instant(), DEPRECATION));
	}

	@Test
	void numberOfSignalsIsLimited() {
		for (int seconds = 1; seconds <= 50; seconds++) {
			receive("Backoff", String.valueOf(seconds));
		}
		assertThat(this.client.state().signals()).hasSize(KintoClientState.MAX_SIGNALS)
			.extracting((received) -> ((KintoSignal.Backoff) received.signal()).duration().toSeconds())
			.startsWith(50L, 49L)
			.endsWith(31L);
	}

	private void receive(String header, String value) {
		this.headers.add(header);
		this.headers.add(value);
		catchThrowable(() -> this.client.blocking().execute(Calls.GET));
	}

	private KintoResponse answer(String path) {
		if (this.headers.isEmpty()) {
			return Calls.answer(200, path.equals("/") ? HELLO : "{}");
		}
		String header = this.headers.remove();
		return Calls.answer(header.equals("Retry-After") ? 503 : 200, "{\"data\":{\"id\":\"b\",\"last_modified\":5}}",
				header, this.headers.remove());
	}

}
