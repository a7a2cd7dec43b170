package io.kintospring.benchmarks.opponent;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.kintospring.benchmarks.stub.StubRecords;
import io.kintospring.benchmarks.stub.StubServer;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that opponents record one observation per request by default.
 */
@Timeout(60)
class ObservationTests {

	private static final int RECORDS = 100;

	private static final int REQUESTS = 5;

	private static final String KINTO = "kinto.client.requests";

	private static final String HTTP = "http.client.requests";

	private static StubServer server;

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final ObservationRegistry observations = Metrics.observations(this.meters);

	@BeforeAll
	static void start() {
		server = new StubServer(RECORDS, Duration.ZERO);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void templateRecordsItsOwnObservation() {
		get((url) -> new KintoTemplateOpponent(url, this.observations, ObservationRegistry.NOOP));
		assertRecorded(KINTO, REQUESTS);
		assertRecorded(HTTP, 0);
	}

	@Test
	void reactiveTemplateRecordsItsOwnObservation() {
		get((url) -> new ReactiveKintoTemplateOpponent(url, this.observations, ObservationRegistry.NOOP));
		assertRecorded(KINTO, REQUESTS);
		assertRecorded(HTTP, 0);
	}

	@Test
	void templateObservedTwiceRecordsBothObservations() {
		get((url) -> new KintoTemplateOpponent(url, this.observations, this.observations));
		assertRecorded(KINTO, REQUESTS);
		assertRecorded(HTTP, REQUESTS);
	}

	@Test
	void webClientRecordsItsOwnObservation() {
		get((url) -> new WebClientOpponent(url, this.observations));
		assertRecorded(KINTO, 0);
		assertRecorded(HTTP, REQUESTS);
	}

	private static void get(Function<String, Opponent> factory) {
		try (Opponent opponent = factory.apply(server.url())) {
			for (int i = 0; i < REQUESTS; i++) {
				opponent.get(StubRecords.id(i, RECORDS));
			}
		}
	}

	/**
	 * Assert the number of observations. The last observation may stop shortly after the
	 * response is returned.
	 */
	private void assertRecorded(String name, long count) {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
		while (recorded(name) < count && System.nanoTime() - end < 0) {
			Thread.onSpinWait();
		}
		assertThat(recorded(name)).as(name).isEqualTo(count);
	}

	private long recorded(String name) {
		return this.meters.find(name).timers().stream().mapToLong(Timer::count).sum();
	}

}
