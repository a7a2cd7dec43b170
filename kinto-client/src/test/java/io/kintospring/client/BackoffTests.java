package io.kintospring.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * For how long the server asks for less.
 */
class BackoffTests {

	private final Deque<String> backoffs = new ArrayDeque<>();

	private final MovingClock clock = new MovingClock();

	private final KintoClient client = KintoClient.builder((request) -> Mono.fromSupplier(() -> {
		String backoff = this.backoffs.poll();
		return (backoff != null) ? Calls.found("Backoff", backoff) : Calls.found();
	})).clock(this.clock).build();

	@Test
	void remainingTimeIsNoneAtFirst() {
		assertThat(this.client.remainingBackoff()).isZero();
	}

	@Test
	void remainingTimeRunsDown() {
		call("30");
		assertThat(this.client.remainingBackoff()).isEqualTo(Duration.ofSeconds(30));
		this.clock.move(Duration.ofSeconds(29));
		assertThat(this.client.remainingBackoff()).isEqualTo(Duration.ofSeconds(1));
		this.clock.move(Duration.ofSeconds(2));
		assertThat(this.client.remainingBackoff()).isZero();
	}

	/**
	 * The header comes at random where the server is set up so: its absence says nothing,
	 * and neither does a shorter time.
	 */
	@Test
	void longestTimeStandsWhateverTheNextAnswersSay() {
		call("30", "5");
		this.client.blocking().execute(Calls.GET);
		assertThat(this.client.remainingBackoff()).isEqualTo(Duration.ofSeconds(30));
		this.clock.move(Duration.ofSeconds(28));
		call("5");
		assertThat(this.client.remainingBackoff()).isEqualTo(Duration.ofSeconds(5));
	}

	/**
	 * By a mistake, a server could silence its clients for decades.
	 */
	@Test
	void backoffIsNotLongerThanItMayBe() {
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
