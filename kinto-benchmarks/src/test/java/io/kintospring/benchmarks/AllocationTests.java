package io.kintospring.benchmarks;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kintospring.benchmarks.opponent.Opponent;
import io.kintospring.benchmarks.opponent.Opponents;
import io.kintospring.benchmarks.stub.StubRecords;
import io.kintospring.benchmarks.stub.StubServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the client does not allocate more bytes per operation than the baseline. The
 * tests run without the optimizing compiler, which removes some allocations at
 * unpredictable times. Therefore figures are the same on all machines, but higher than in
 * production.
 */
class AllocationTests {

	private static final Path BASELINE = Path.of("src/test/resources/allocation-baseline.properties");

	private static final boolean RENEW = Boolean.getBoolean("allocation.renew");

	private static final double TOLERANCE = 1.1;

	private static final int RECORDS = 10_000;

	private static final int ROUNDS = 3;

	private static final Map<String, Long> MEASURED = new TreeMap<>();

	private static final List<Article> ARTICLES = IntStream.range(0, 500).mapToObj(Article::sample).toList();

	private static StubServer server;

	@BeforeAll
	static void start() {
		server = new StubServer(RECORDS, Duration.ZERO);
	}

	@AfterAll
	static void stop() throws IOException {
		server.close();
		if (RENEW) {
			Files.writeString(BASELINE,
					MEASURED.entrySet()
						.stream()
						.map((entry) -> entry.getKey() + "=" + entry.getValue() + "\n")
						.collect(Collectors.joining("", "# bytes allocated per operation, see AllocationTests\n", "")));
		}
	}

	@TestFactory
	Stream<DynamicTest> allocatesNoMoreThanTheBaseline() {
		return Opponents.OURS.stream().flatMap((name) -> {
			Opponent client = Opponents.create(name, server.url());
			return Stream.of(test(name + ".create", 100, () -> {
				client.create(ARTICLES.get(0));
				return 1;
			}), test(name + ".get", 100, () -> {
				client.get(StubRecords.id(7, RECORDS));
				return 1;
			}), test(name + ".poll", 100, () -> {
				client.poll(StubRecords.TIMESTAMP);
				return 1;
			}), test(name + ".list", 2, () -> client.list(1000)),
					test(name + ".batch", 2, () -> client.batch(ARTICLES)))
				.onClose(client::close);
		});
	}

	private static DynamicTest test(String name, int times, LongSupplier operation) {
		return DynamicTest.dynamicTest(name, () -> {
			long bytes = measure(times, operation);
			MEASURED.put(name, bytes);
			long baseline = baseline(name);
			assertThat(bytes)
				.as("%s allocates %,d bytes, but the baseline is %,d bytes in %s. If this is intended, renew the baseline with"
						+ " mvn -pl kinto-benchmarks -am verify -Dtest=AllocationTests"
						+ " -Dsurefire.failIfNoSpecifiedTests=false -Dallocation.renew=true.", name, bytes, baseline,
						BASELINE)
				.isLessThanOrEqualTo(RENEW ? Long.MAX_VALUE : (long) (baseline * TOLERANCE));
		});
	}

	/**
	 * Return the median over rounds. The first round is a warm-up and is ignored.
	 */
	private static long measure(int times, LongSupplier operation) {
		double[] rounds = IntStream.rangeClosed(0, ROUNDS).mapToDouble((round) -> {
			long before = allocatedByClient();
			long operations = 0;
			for (int i = 0; i < times; i++) {
				operations += operation.getAsLong();
			}
			return (double) (allocatedByClient() - before) / operations;
		}).skip(1).toArray();
		return Math.round(Report.median(rounds));
	}

	private static long allocatedByClient() {
		return Meters.allocated((thread) -> !thread.startsWith(StubServer.THREADS));
	}

	private static long baseline(String name) throws IOException {
		Properties baseline = new Properties();
		try (Reader reader = Files.newBufferedReader(BASELINE)) {
			baseline.load(reader);
		}
		return Long.parseLong(baseline.getProperty(name, "0"));
	}

}
