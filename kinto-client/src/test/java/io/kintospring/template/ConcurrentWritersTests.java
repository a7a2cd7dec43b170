package io.kintospring.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.kintospring.KintoChanges;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoObject;
import io.kintospring.KintoRetry;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoUnavailableException;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.embedded.settings.Concurrency;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.KintoCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several clients that write at the same time, to a server that behaves like Kinto on
 * PostgreSQL.
 */
@Timeout(120)
class ConcurrentWritersTests {

	private static final int WRITERS = 4;

	private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);

	private final List<KintoTemplate> templates = new ArrayList<>();

	private EmbeddedKintoServer server;

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
		this.templates.forEach(KintoTemplate::close);
		this.server.close();
	}

	@Test
	void incrementsOfOneClientAreNotLostWithDefaultIsolationLevel() throws Exception {
		CollectionOperations<Counter> counters = start(Concurrency.READ_COMMITTED, 1);
		counters.create("n", new Counter(0));
		concurrently((writer) -> increments(counters));
		assertThat(counters.get("n").data().n()).isEqualTo(WRITERS * 5);
	}

	@Test
	void incrementsOfSeveralClientsAreNotLostWithRepeatableRead() throws Exception {
		CollectionOperations<Counter> counters = start(Concurrency.REPEATABLE_READ, 1);
		counters.create("n", new Counter(0));
		List<Integer> written = concurrently((writer) -> increments(client()));
		int total = written.stream().mapToInt(Integer::intValue).sum();
		assertThat(counters.get("n").data().n()).isEqualTo(total);
		assertThat(total).isGreaterThan(WRITERS);
	}

	@Test
	void incrementsOfSeveralClientsAreLostWithDefaultIsolationLevel() throws Exception {
		CollectionOperations<Counter> counters = start(Concurrency.READ_COMMITTED, 1);
		counters.create("n", new Counter(0));
		List<Integer> written = concurrently((writer) -> increments(client()));
		int total = written.stream().mapToInt(Integer::intValue).sum();
		assertThat(counters.get("n").data().n()).isLessThan(total);
	}

	@ParameterizedTest
	@EnumSource(names = { "READ_COMMITTED", "REPEATABLE_READ" })
	void creationsSucceedInTheEnd(Concurrency concurrency) throws Exception {
		CollectionOperations<Counter> counters = start(concurrency, 2);
		List<Set<String>> created = concurrently((writer) -> {
			CollectionOperations<Counter> own = client();
			Set<String> ids = new HashSet<>();
			for (int i = 0; i < 5; i++) {
				ids.add(own.create(new Counter(i)).id());
			}
			return ids;
		});
		Set<String> all = new HashSet<>();
		created.forEach(all::addAll);
		assertThat(all).hasSize(WRITERS * 5);
		assertThat(ids(counters)).isEqualTo(all);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 5 })
	void batchReportsWhatIsStored(int maxRetries) throws Exception {
		CollectionOperations<Counter> counters = start(Concurrency.READ_COMMITTED, 3);
		AtomicBoolean failed = new AtomicBoolean();
		List<Set<String>> published = concurrently((writer) -> {
			CollectionOperations<Counter> own = client();
			Set<String> ids = new HashSet<>();
			for (int round = 0; round < 4; round++) {
				String prefix = "w" + writer + "-" + round + "-";
				List<KintoCall<KintoObject<Counter>>> calls = IntStream.range(0, 4)
					.mapToObj((i) -> own.calls().create(prefix + i, new Counter(i)))
					.toList();
				BatchResult result = own.batch(calls,
						(o) -> o.collectErrors().retry(KintoRetry.defaults().maxRetries(maxRetries)));
				for (int i = 0; i < calls.size(); i++) {
					if (result.outcomes().get(i).isPublished()) {
						ids.add(prefix + i);
					}
					else {
						failed.set(true);
					}
				}
			}
			return ids;
		});
		Set<String> all = new HashSet<>();
		published.forEach(all::addAll);
		assertThat(ids(counters)).isEqualTo(all);
		assertThat(failed.get()).isEqualTo(maxRetries == 0);
	}

	@Test
	void changesLoseNothing() throws Exception {
		CollectionOperations<Counter> counters = start(Concurrency.READ_COMMITTED, 4);
		AtomicBoolean running = new AtomicBoolean(true);
		Future<Map<String, KintoTimestamp>> reader = this.threads.submit(() -> readChanges(counters, running));
		List<Set<String>> created = concurrently((writer) -> {
			CollectionOperations<Counter> own = client();
			Set<String> ids = new HashSet<>();
			for (int i = 0; i < 10; i++) {
				ids.add(own.create(new Counter(i)).id());
			}
			return ids;
		});
		running.set(false);
		Set<String> all = new HashSet<>();
		created.forEach(all::addAll);
		assertThat(reader.get().keySet()).isEqualTo(all).hasSize(WRITERS * 10);
	}

	/**
	 * Read changes until the writers have stopped, and once more. Each change is
	 * delivered once.
	 */
	private static Map<String, KintoTimestamp> readChanges(CollectionOperations<Counter> counters,
			AtomicBoolean running) {
		Map<String, KintoTimestamp> delivered = new HashMap<>();
		KintoChanges<Counter> changes = counters.changes(null, (o) -> o.settleTime(Duration.ofSeconds(5)));
		boolean more = true;
		while (more) {
			more = running.get();
			changes.saved().forEach((record) -> {
				assertThat(delivered).doesNotContainKey(record.id());
				delivered.put(record.id(), record.lastModified());
			});
			changes = counters.changes(changes.checkpoint(), (o) -> o.settleTime(Duration.ofSeconds(5)));
		}
		changes.saved().forEach((record) -> delivered.put(record.id(), record.lastModified()));
		return delivered;
	}

	private static int increments(CollectionOperations<Counter> counters) {
		int written = 0;
		for (int i = 0; i < 5; i++) {
			try {
				counters.update("n", (counter) -> new Counter(counter.n() + 1));
				written++;
			}
			catch (KintoUnavailableException | KintoConflictException ex) {
				// nothing was stored
			}
		}
		return written;
	}

	private <R> List<R> concurrently(IntFunction<R> writer) throws Exception {
		List<Callable<R>> writers = IntStream.range(0, WRITERS)
			.<Callable<R>>mapToObj((number) -> () -> writer.apply(number))
			.toList();
		List<R> results = new ArrayList<>();
		for (Future<R> result : this.threads.invokeAll(writers)) {
			results.add(result.get());
		}
		return results;
	}

	private CollectionOperations<Counter> start(Concurrency concurrency, int seed) {
		this.server = EmbeddedKintoServer.builder()
			.concurrency(concurrency, seed)
			.setting("embedded.concurrency_percentage", "100")
			.setting("retry_after_seconds", "0")
			.start();
		KintoTemplate template = template();
		template.buckets().create("b");
		template.bucket("b").collections().create("c");
		return template.bucket("b").collection("c", Counter.class);
	}

	private CollectionOperations<Counter> client() {
		return template().bucket("b").collection("c", Counter.class);
	}

	private synchronized KintoTemplate template() {
		KintoTemplate template = KintoTemplate.builder(this.server.url())
			.authentication(KintoAuthentication.basic("alice", "secret"))
			.options((options) -> options.retry(KintoRetry.defaults().maxRetries(10).delay(Duration.ofMillis(1))))
			.build();
		this.templates.add(template);
		return template;
	}

	private static Set<String> ids(CollectionOperations<Counter> counters) {
		Set<String> ids = new HashSet<>();
		counters.listAll().forEach((record) -> ids.add(record.id()));
		return ids;
	}

	record Counter(int n) {

	}

}
