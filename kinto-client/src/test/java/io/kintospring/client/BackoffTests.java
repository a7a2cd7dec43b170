package io.kintospring.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KintoClient#remainingBackoff()}.
 */
class BackoffTests {

	private final Deque<String> backoffs = new ArrayDeque<>();

	private final MovingClock clock = new MovingClock();

	private final KintoClient client = KintoClient.builder((request) -> Mono.fromSupplier(() -> {
		String backoff = this.backoffs.poll();
		return (backoff != null) ? Calls.found("Backoff", backoff) : Calls.found();
	})).clock(this.clock).build();

	@Test
	void remainingBackoffIsZeroAtFirst() {
		assertThat(this.client.remainingBackoff()).isZero();
	}

	@Test
	void remainingBackoffDecreases() {
		call("30");
		assertThat(this.client.remainingBackoff()).isEqualTo(Duration.ofSeconds(30));
		this.clock.move(Duration.ofSeconds(29));
		assertThat(this.client.remainingBackoff()).isEqualTo(Duration.ofSeconds(1));
		this.clock.move(Duration.ofSeconds(2));
		assertThat(this.client.remainingBackoff()).isZero();
	}

	/**
	 * A server can send the header at random, so neither its absence nor a shorter time
	 * ends the backoff.
	 */
	@Test
	void latestDeadlineWins() {
		call("30", "5");
		this.client.blocking().execute(Calls.GET);
		assertThat(this.client.remainingBackoff()).isEqualTo(Duration.ofSeconds(30));
		this.clock.move(Duration.ofSeconds(28));
		call("5");
		assertThat(this.client.remainingBackoff()).isEqualTo(Duration.ofSeconds(5));
	}

	/**
	 * A misconfigured server must not silence its clients for decades.
	 */
	@Test
	void backoffIsLimitedByTheMaximum() {
		call("2147483647");
		assertThat(this.client.remainingBackoff()).isEqualTo(Duration.ofMinutes(10));
		KintoClient patient = this.client.mutate().maxBackoff(Duration.ofHours(1)).build();
		this.backoffs.add("2147483647");
		patient.blocking().execute(Calls.GET);
		assertThat(patient.remainingBackoff()).isEqualTo(Duration.ofHours(1));
		this.clock.move(Duration.ofHours(1));
		assertThat(patient.remainingBackoff()).isZero();
	}

	private void call(String... seconds) {
		this.backoffs.addAll(Arrays.asList(seconds));
		for (int i = 0; i < seconds.length; i++) {
			this.client.blocking().execute(Calls.GET);
		}
	}

}
