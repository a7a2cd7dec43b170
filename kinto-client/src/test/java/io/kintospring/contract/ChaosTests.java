package io.kintospring.contract;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.kintospring.KintoException;
import io.kintospring.KintoHistoryEntry;
import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.KintoUnsupportedException;
import io.kintospring.KintoUrl;
import io.kintospring.KintoWriteOptions;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.client.KintoClient;
import io.kintospring.client.WebClientKintoTransport;
import io.kintospring.contract.ChaosLedger.Range;
import io.kintospring.contract.ChaosLedger.Told;
import io.kintospring.protocol.BatchResult.Outcome;
import io.kintospring.protocol.CollectionCalls;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.template.BucketOperations;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.Flavour;
import io.kintospring.template.KintoOperations;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.format.datetime.standard.DurationFormatterUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many threads write through a proxy that disturbs a part of the exchanges. What callers
 * were told must agree with what the server has.
 */
@Tag("chaos")
class ChaosTests {

	private static final int THREADS = 32;

	/** Number of shared objects of each kind. */
	private static final int SHARED = 16;

	private static final Duration TIMEOUT = duration("chaos.timeout", "1s");

	private static final Duration CALL_TIMEOUT = TIMEOUT.multipliedBy(10);

	/** An update waits for its lock, and then reads and writes. */
	private static final Duration LONGEST_OPERATION = CALL_TIMEOUT.multipliedBy(3);

	private static final Duration MARGIN = Duration.ofSeconds(20);

	/** Separates the operation of a batch from the number of the call. */
	private static final String MEMBER = "_";

	/** Whether the server loses concurrent changes with the same version. */
	private static final boolean LOSSY = Boolean.getBoolean("chaos.lossy");

	private final long seed = Long.getLong("chaos.seed", System.nanoTime());

	private final double probability = Double.parseDouble(System.getProperty("chaos.probability", "0.2"));

	private final Duration duration = duration("chaos.duration", "60s");

	private final int operations = Integer.getInteger("chaos.operations", 20_000);

	private final TestServer server = (System.getProperty("kinto.test.url") != null) ? TestServer.REAL
			: TestServer.EMBEDDED;

	private final KintoAuthentication user = this.server.user();

	private final KintoCalls calls = new KintoCalls(new JsonMapper(), KintoOptions.of(), "default");

	private final String bucket = ContractTests.randomId();

	private final ChaosLedger ledger = new ChaosLedger();

	private final Queue<Throwable> unexpected = new ConcurrentLinkedQueue<>();

	private static Duration duration(String property, String fallback) {
		return DurationFormatterUtils.detectAndParse(System.getProperty(property, fallback));
	}

	@Test
	void callersAreToldWhatTheServerHas() throws IOException, InterruptedException {
		((Logger) LoggerFactory.getLogger("reactor.netty")).setLevel(Level.OFF);
		System.out.println("chaos.seed=" + this.seed + ", " + this.server + " " + this.server.url());
		URI url = URI.create(this.server.url().toString());
		try (LeakRecorder leaks = new LeakRecorder();
				FaultyProxy proxy = new FaultyProxy(url.getHost(), url.getPort(), this.seed, this.probability);
				UnreliableNames names = new UnreliableNames(this.seed, this.probability);
				KintoClient direct = client(transport(url)).timeout(Duration.ofMinutes(1)).build()) {
			KintoOperations kinto = Flavour.BLOCKING.template(direct, this.calls);
			prepare(kinto);
			try (KintoClient client = client(transport(URI.create("http://localhost:" + proxy.port() + url.getPath()))
				.reactorNetty((connections) -> HttpClient.create(connections).resolver(names))).build()) {
				List<String> hanging = run(client);
				System.out.println(summary(proxy, names, client));
				assertThat(hanging).as("threads that did not end in time").isEmpty();
				assertThat(this.unexpected).as("exceptions that are no KintoExceptions").isEmpty();
				names.recover();
				assertThatAllConnectionsAreFree(proxy, client);
			}
			await("closed connections").atMost(MARGIN).until(() -> proxy.connections() == 0);
			SoftAssertions.assertSoftly((softly) -> {
				checkRecords(softly, records(kinto));
				checkChanges(softly, kinto);
				checkHistory(softly, kinto);
				softly.assertThat(this.ledger.successes())
					.as("share of operations that succeeded. Is chaos.timeout too short for this machine?")
					.isGreaterThan(0.5);
			});
			kinto.buckets().delete(this.bucket);
			leaks.assertNone();
		}
	}

	private static WebClientKintoTransport.Builder transport(URI url) {
		return WebClientKintoTransport.builder(KintoUrl.of(url.toString())).maxConnections(THREADS);
	}

	private KintoClient.Builder client(WebClientKintoTransport.Builder transport) {
		return KintoClient.builder(transport)
			.authentication(this.user)
			.timeout(TIMEOUT)
			.callTimeout(CALL_TIMEOUT)
			.lockMaxWait(CALL_TIMEOUT);
	}

	private void prepare(KintoOperations kinto) {
		kinto.buckets().create(this.bucket);
		BucketOperations stored = kinto.bucket(this.bucket);
		stored.collections().create("records");
		stored.collections().create("shared");
		shared().forEach((id) -> shared(kinto).create(id, Map.of("number", 0)));
	}

	private CollectionOperations<Map<String, Object>> records(KintoOperations kinto) {
		return kinto.bucket(this.bucket).collection("records");
	}

	private CollectionOperations<Map<String, Object>> shared(KintoOperations kinto) {
		return kinto.bucket(this.bucket).collection("shared");
	}

	private static Stream<String> shared() {
		return IntStream.range(0, SHARED).boxed().flatMap((i) -> Stream.of("function" + i, "object" + i));
	}

	/**
	 * Run all threads, and return the stacks of those that did not end.
	 */
	private List<String> run(KintoClient client) throws InterruptedException {
		Instant end = Instant.now().plus(this.duration);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			Flavour flavour = Flavour.values()[i % 2];
			Worker worker = new Worker(flavour.template(client, this.calls), i, end);
			Thread thread = new Thread(worker, "chaos-" + flavour + "-" + i);
			thread.setDaemon(true);
			thread.start();
			threads.add(thread);
		}
		Instant limit = end.plus(LONGEST_OPERATION).plus(MARGIN);
		for (Thread thread : threads) {
			thread.join(Math.max(1, Duration.between(Instant.now(), limit).toMillis()));
		}
		return threads.stream()
			.filter(Thread::isAlive)
			.map((thread) -> thread.getName() + " " + Arrays.toString(thread.getStackTrace()))
			.toList();
	}

	private String summary(FaultyProxy proxy, UnreliableNames names, KintoClient client) {
		return "requests " + proxy.requests() + ", retries " + client.statistics().retries() + ", conflicts "
				+ client.statistics().conflicts() + "\nfaults " + proxy.faults() + ", unknown names " + names.failures()
				+ "\n" + this.ledger;
	}

	/**
	 * The proxy answers only when all connections of the pool are in use at the same
	 * time.
	 */
	private void assertThatAllConnectionsAreFree(FaultyProxy proxy, KintoClient client) {
		proxy.forwardTogether(THREADS);
		try (KintoClient patient = client.mutate().timeout(MARGIN).callTimeout(MARGIN).build()) {
			KintoCall<?> read = this.calls.bucket(this.bucket).collection("shared").get("object0");
			assertThat(Flux.range(0, THREADS).flatMap((i) -> patient.execute(read), THREADS).collectList().block())
				.hasSize(THREADS);
		}
	}

	private void checkRecords(SoftAssertions softly, CollectionOperations<Map<String, Object>> records) {
		Map<String, Integer> stored = count(
				records.stream().map((record) -> String.valueOf(record.data().get("operation"))));
		softly.assertThat(this.ledger.wrongRecords(stored)).isEmpty();
	}

	/**
	 * Servers that compare versions before they write, and not at the same time, lose
	 * changes. This is then reported, and no failure.
	 */
	private void checkChanges(SoftAssertions softly, KintoOperations kinto) {
		Map<String, Integer> found = shared().collect(Collectors.toMap(Function.identity(),
				(id) -> number(shared(kinto).get(id)), (a, b) -> a, TreeMap::new));
		for (String kind : List.of("function", "object")) {
			System.out.println("increments by " + kind + ": " + total(found, kind, Map.Entry::getValue)
					+ ", acknowledged " + total(found, kind, (entry) -> expected(entry).least())
					+ ", with unknown ones " + total(found, kind, (entry) -> expected(entry).most()) + ", lost "
					+ total(found, kind, (entry) -> Math.max(0, expected(entry).least() - entry.getValue())));
		}
		if (!LOSSY) {
			softly.assertThat(this.ledger.wrongChanges(found)).isEmpty();
		}
	}

	private Range expected(Map.Entry<String, Integer> shared) {
		return this.ledger.timesChanged(shared.getKey());
	}

	private static int total(Map<String, Integer> found, String kind,
			ToIntFunction<Map.Entry<String, Integer>> number) {
		return found.entrySet().stream().filter((entry) -> entry.getKey().startsWith(kind)).mapToInt(number).sum();
	}

	private void checkHistory(SoftAssertions softly, KintoOperations kinto) {
		List<KintoHistoryEntry> history;
		try {
			history = kinto.bucket(this.bucket).history().stream().map(KintoObject::data).toList();
		}
		catch (KintoUnsupportedException ex) {
			System.out.println("The server has no history");
			return;
		}
		Map<String, Integer> creations = count(history.stream()
			.filter((entry) -> entry.resourceName().equals("record") && "records".equals(entry.collectionId())
					&& entry.action().equals("create"))
			.map((entry) -> String.valueOf(entry.target().data().get("operation"))));
		softly.assertThat(this.ledger.wrongCreations(creations, ChaosTests::isSingle)).as("history").isEmpty();
		Map<String, Integer> updates = count(history.stream()
			.filter((entry) -> entry.resourceName().equals("record") && "shared".equals(entry.collectionId())
					&& entry.action().equals("update"))
			.map((entry) -> String.valueOf(entry.recordId())));
		if (!LOSSY) {
			shared().forEach((id) -> softly.assertThat(updates.getOrDefault(id, 0))
				.as("updates in the history of " + id)
				.isEqualTo(number(shared(kinto).get(id))));
		}
	}

	/**
	 * Kinto keeps the history of calls of a batch that it undid.
	 */
	private static boolean isSingle(String operation) {
		return !operation.contains(MEMBER);
	}

	private static Map<String, Integer> count(Stream<String> keys) {
		return keys.collect(Collectors.toMap(Function.identity(), (key) -> 1, Integer::sum));
	}

	private static int number(KintoObject<Map<String, Object>> object) {
		return (Integer) object.data().get("number");
	}

	/**
	 * Thread that runs random operations.
	 */
	private final class Worker implements Runnable {

		private final CollectionOperations<Map<String, Object>> records;

		private final CollectionOperations<Map<String, Object>> shared;

		private final int number;

		private final Instant end;

		private final SplittableRandom random;

		/** Steps that delete records of this thread. */
		private final List<Function<KintoWriteOptions.Customizer, Step>> deletions = new ArrayList<>();

		Worker(KintoOperations kinto, int number, Instant end) {
			this.records = records(kinto);
			this.shared = shared(kinto);
			this.number = number;
			this.end = end;
			this.random = new SplittableRandom(ChaosTests.this.seed + number);
		}

		@Override
		public void run() {
			int most = ChaosTests.this.operations / THREADS;
			for (int i = 0; i < most && Instant.now().isBefore(this.end); i++) {
				try {
					run("w" + this.number + "-" + i);
				}
				catch (Throwable ex) {
					ChaosTests.this.unexpected.add(ex);
				}
			}
		}

		private void run(String operation) {
			int choice = this.random.nextInt(100);
			if (choice < 40) {
				single(creation(operation, operation));
			}
			else if (choice < 50) {
				single(deletionOrCreation(operation, operation));
			}
			else if (choice < 70) {
				changeByFunction("function" + this.random.nextInt(SHARED), operation);
			}
			else if (choice < 85) {
				changeObject("object" + this.random.nextInt(SHARED), operation);
			}
			else {
				batch(operation);
			}
		}

		private Step creation(String operation, String sentBy) {
			Map<String, Object> data = Map.of("operation", operation);
			KintoWriteOptions.Customizer header = (w) -> w.header(FaultyProxy.OPERATION, sentBy);
			CollectionCalls<Map<String, Object>> calls = this.records.calls();
			return new Step(
					this.random.nextBoolean() ? calls.create(data, header) : calls.create(operation, data, header),
					(told, result) -> {
						ChaosTests.this.ledger.created(operation, told);
						if (result instanceof KintoObject<?> record) {
							this.deletions.add((options) -> deletion(operation, record.id(), options));
						}
					});
		}

		private Step deletion(String creation, String id, KintoWriteOptions.Customizer header) {
			return new Step(this.records.calls().delete(id, header),
					(told, result) -> ChaosTests.this.ledger.deleted(creation, told));
		}

		private Step deletionOrCreation(String operation, String sentBy) {
			return this.deletions.isEmpty() ? creation(operation, sentBy)
					: this.deletions.remove(this.random.nextInt(this.deletions.size()))
						.apply((w) -> w.header(FaultyProxy.OPERATION, sentBy));
		}

		private void single(Step step) {
			AtomicReference<Object> result = new AtomicReference<>();
			Told told = told(() -> result.set(this.records.execute(step.call)));
			step.done.accept(told, result.get());
		}

		private void changeByFunction(String id, String operation) {
			ChaosTests.this.ledger.changed(id, told(() -> this.shared.update(id, (data) -> next(data, operation),
					(w) -> w.header(FaultyProxy.OPERATION, operation))));
		}

		private void changeObject(String id, String operation) {
			ChaosTests.this.ledger.changed(id, told(() -> {
				KintoObject<Map<String, Object>> object = this.shared.get(id,
						(r) -> r.header(FaultyProxy.OPERATION, operation));
				this.shared.update(object.withData(next(object.data(), operation)),
						(w) -> w.header(FaultyProxy.OPERATION, operation));
			}));
		}

		private static Map<String, Object> next(Map<String, Object> data, String operation) {
			Map<String, Object> next = new HashMap<>(data);
			next.put("number", (Integer) data.get("number") + 1);
			next.put("operation", operation);
			return next;
		}

		private void batch(String operation) {
			List<Step> steps = new ArrayList<>();
			for (int i = this.random.nextInt(10); i >= 0; i--) {
				String member = operation + MEMBER + i;
				steps.add((this.random.nextInt(4) == 0) ? deletionOrCreation(member, operation)
						: creation(member, operation));
			}
			List<Outcome<?>> outcomes = this.records
				.batch(steps.stream().map(Step::call).toList(),
						(batch) -> batch.header(FaultyProxy.OPERATION, operation).maxRequests(10).collectErrors())
				.outcomes();
			for (int i = 0; i < outcomes.size(); i++) {
				Outcome<?> outcome = outcomes.get(i);
				steps.get(i).done.accept(told(outcome::get), outcome.isPublished() ? outcome.get() : null);
			}
		}

		private Told told(Runnable operation) {
			try {
				operation.run();
				return Told.ACKNOWLEDGED;
			}
			catch (KintoException ex) {
				return ChaosTests.this.ledger.told(ex);
			}
		}

	}

	/**
	 * Call, and what to do with its outcome.
	 */
	private record Step(KintoCall<?> call, BiConsumer<Told, @Nullable Object> done) {
	}

}
