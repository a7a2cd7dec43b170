package io.kintospring.client;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import io.kintospring.KintoObject;
import io.kintospring.KintoResponseException;
import io.kintospring.client.ListServer.Item;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoFlow;
import io.kintospring.protocol.KintoParallelSequence;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.protocol.ListRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link OrderedSlices}, on a connection whose latency is counted instead of
 * waited for.
 */
@Timeout(60)
class OrderedSlicesTests {

	private static final long T = 1_600_000_000_000L;

	private static final long LATENCY = 1000;

	private static final List<String> SORTS = List.of("-last_modified", "last_modified", "id", "-id");

	/**
	 * Responses arrive in any order.
	 */
	@ParameterizedTest
	@MethodSource("shapes")
	void eachRecordIsReturnedOnceInOrder(Shape shape) {
		for (int seed = 0; seed < 4; seed++) {
			Random random = new Random(seed);
			int limit = 1 + random.nextInt((seed % 3 == 0) ? 8 : 120);
			ListServer server = new ListServer((seed % 4 == 0) ? Math.max(1, limit / 2) : 10_000);
			fill(server, shape, random.nextInt(25) * limit + random.nextInt(3), random);
			int parallel = 1 + random.nextInt(12);
			for (String sort : SORTS) {
				Line line = new Line(server, () -> random.nextInt((int) LATENCY));
				assertThat(line.read(sort, limit, parallel)).as("%s, seed %s, %s", shape, seed, sort)
					.containsExactlyElementsOf(server.records().sorted(order(sort)).map(Item::id).toList());
				assertThat(line.mostInFlight).isLessThanOrEqualTo(parallel);
			}
		}
	}

	/**
	 * Unchanged records appear exactly once. Changed records may be missed, but never
	 * appear twice.
	 */
	@ParameterizedTest
	@MethodSource("shapes")
	void changedRecordsDoNotAffectOthers(Shape shape) {
		for (int seed = 0; seed < 4; seed++) {
			for (String sort : SORTS) {
				Random random = new Random(seed);
				int limit = 2 + random.nextInt(50);
				ListServer server = new ListServer(10_000);
				fill(server, shape, 20 * limit, random);
				List<String> ids = server.records().map(Item::id).toList();
				Set<String> stayed = new HashSet<>(ids);
				Line line = new Line(server, () -> random.nextInt((int) LATENCY));
				line.beforeResponse = () -> {
					for (int i = 0; i < 5; i++) {
						String id = ids.get(random.nextInt(ids.size()));
						String other = new UUID(random.nextLong(), random.nextLong()).toString();
						switch (random.nextInt(4)) {
							case 0 -> server.createIfFree(other, T + random.nextInt(1_000_000));
							case 1 -> server.change(other);
							case 2 -> {
								stayed.remove(id);
								server.change(id);
							}
							default -> {
								stayed.remove(id);
								server.delete(id);
							}
						}
					}
				};
				List<String> read = line.read(sort, limit, 1 + random.nextInt(8));
				assertThat(read).as("%s, seed %s, %s", shape, seed, sort).doesNotHaveDuplicates().containsAll(stayed);
				assertThat(line.read).as("%s, seed %s, %s", shape, seed, sort).isSortedAccordingTo(order(sort));
			}
		}
	}

	static List<Shape> shapes() {
		return List.of(new Shape("each millisecond", (i, random) -> T + i),
				new Shape("random", (i, random) -> T + (long) (random.nextDouble() * 3e10)),
				new Shape("old burst",
						(i, random) -> (random.nextInt(10) > 0) ? T + i : T + random.nextLong(50_000_000_000L)),
				new Shape("new burst",
						(i, random) -> (random.nextInt(10) > 0) ? T + i : T - random.nextLong(50_000_000_000L)),
				new Shape("bursts", (i, random) -> T + (i / 150) * 3_000_000_000L + i),
				new Shape("growth", (i, random) -> T + (long) (Math.log1p(i) * 1e9) + i),
				new Shape("far apart", (i, random) -> (i % 2 == 0) ? i : T + i),
				new Shape("tombstones", (i, random) -> (i % 3 > 0) ? -(T + i) : T + i),
				new Shape("past and future", (i, random) -> (i % 3 == 0) ? i
						: (i % 3 == 1) ? T + i : System.currentTimeMillis() + i * 1_000_000L));
	}

	@ParameterizedTest
	@CsvSource({ "20, 16", "50, 8", "100, 8" })
	void listIsReadInAQuarterOfTheTime(int pages, int parallel) {
		for (Shape shape : shapes().subList(0, 2)) {
			ListServer server = new ListServer(10_000);
			fill(server, shape, pages * 1000, new Random(1));
			for (String sort : SORTS.subList(0, 2)) {
				Line line = new Line(server, () -> LATENCY);
				line.read(sort, 1000, parallel);
				assertThat(line.now).as("%s, %s", shape, sort).isLessThanOrEqualTo(pages * LATENCY / 4);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 8, 32 })
	void evenlyDistributedRecordsTakeFewRequests(int parallel) {
		for (Shape shape : shapes().subList(0, 2)) {
			ListServer server = new ListServer(10_000);
			fill(server, shape, 5_000, new Random(1));
			for (String sort : SORTS) {
				Line line = new Line(server, () -> LATENCY);
				line.read(sort, 100, parallel);
				assertThat(line.requests).as("%s, %s", shape, sort).isLessThanOrEqualTo(2 * 50 + 3 * parallel);
			}
		}
	}

	/**
	 * No distribution takes many requests for empty ranges, or more time than reading
	 * page after page.
	 */
	@ParameterizedTest
	@MethodSource("shapes")
	void requestsAreBoundedForEveryDistribution(Shape shape) {
		for (int limit : new int[] { 20, 100, 500 }) {
			ListServer server = new ListServer(10_000);
			fill(server, shape, 20 * limit, new Random(1));
			int objects = server.size();
			for (String sort : SORTS.subList(0, 2)) {
				Line line = new Line(server, () -> LATENCY);
				line.read(sort, limit, 8);
				assertThat(line.requests).as("%s, %s, %s", shape, sort, limit)
					.isLessThanOrEqualTo(3 * objects / limit + 20);
				assertThat(line.now).as("%s, %s, %s", shape, sort, limit)
					.isLessThanOrEqualTo((objects / limit + 5) * LATENCY);
			}
		}
	}

	@Test
	void gapOfYearsTakesFewRequests() {
		ListServer server = new ListServer(10_000);
		fill(server, new Shape("two bursts", (i, random) -> (i < 500) ? i : T + i), 1000, new Random(1));
		for (String sort : SORTS.subList(0, 2)) {
			Line line = new Line(server, () -> LATENCY);
			assertThat(line.read(sort, 100, 4)).hasSize(1000);
			assertThat(line.requests).isLessThanOrEqualTo(25);
		}
	}

	@Test
	void shortListTakesOneRequest() {
		ListServer server = new ListServer(10_000);
		fill(server, shapes().get(0), 7, new Random(1));
		Line line = new Line(server, () -> 1);
		assertThat(line.read("last_modified", 10, 4)).hasSize(7);
		assertThat(line.requests).isEqualTo(1);
		assertThat(new Line(new ListServer(10), () -> 1).read("id", 10, 4)).isEmpty();
	}

	@Test
	void listIsReadWithOneRequestAtATime() {
		ListServer server = new ListServer(10_000);
		fill(server, shapes().get(0), 300, new Random(1));
		Line line = new Line(server, () -> 1);
		assertThat(line.read("-last_modified", 10, 1)).hasSize(300);
		assertThat(line.mostInFlight).isEqualTo(1);
	}

	@Test
	void serverDecidesThePageSize() {
		ListServer server = new ListServer(10);
		fill(server, shapes().get(0), 500, new Random(1));
		Line line = new Line(server, () -> LATENCY);
		assertThat(line.read("-last_modified", 1000, 4)).hasSize(500);
		assertThat(line.requests).isLessThanOrEqualTo(110);
	}

	/**
	 * No more requests are sent until the consumer continues.
	 */
	@Test
	void requestsInFlightAreLimited() {
		ListServer server = new ListServer(10_000);
		fill(server, shapes().get(1), 5_000, new Random(1));
		Line line = new Line(server, () -> 1);
		OrderedSlices<KintoObject<Map<String, Object>>> parts = line.parts("last_modified", 100, 4);
		for (int pages = 1; pages < 20; pages++) {
			assertThat(line.readNext(parts)).isTrue();
			line.deliverAll();
			assertThat(line.requests).isLessThanOrEqualTo(2 + 4 + pages);
		}
	}

	/**
	 * An error of a later page does not affect the pages before it.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 3, 7 })
	void errorComesAfterThePagesBeforeIt(int failing) {
		ListServer server = new ListServer(10_000);
		fill(server, shapes().get(0), 1_000, new Random(1));
		List<String> expected = server.records().sorted(order("-last_modified")).map(Item::id).toList();
		for (boolean response : new boolean[] { true, false }) {
			Line line = new Line(server, () -> LATENCY);
			line.failing = failing;
			line.failure = response ? Calls.answer(500, "") : null;
			OrderedSlices<KintoObject<Map<String, Object>>> parts = line.parts("-last_modified", 100, 4);
			Throwable error = catchThrowable(() -> line.consume(parts));
			assertThat(error).isInstanceOf(response ? KintoResponseException.class : IllegalStateException.class);
			assertThat(line.ids()).isEqualTo(expected.subList(0, line.read.size()));
			if (failing > 2) {
				assertThat(line.read).hasSizeGreaterThan(150);
			}
			assertThat(line.requests).isLessThan(failing + 1 + 4 + 1);
		}
	}

	@Test
	void closingCancelsRequestsInFlight() {
		ListServer server = new ListServer(10_000);
		fill(server, shapes().get(0), 1_000, new Random(1));
		Line line = new Line(server, () -> LATENCY);
		OrderedSlices<KintoObject<Map<String, Object>>> parts = line.parts("-last_modified", 100, 4);
		line.readNext(parts);
		line.readNext(parts);
		line.readNext(parts);
		assertThat(line.pending).hasSize(4);
		int sent = line.requests;
		parts.close();
		assertThat(line.cancelled).isEqualTo(4);
		assertThat(parts.isFinished()).isTrue();
		assertThat(parts.next()).isNull();
		assertThat(line.requests).isEqualTo(sent);
	}

	/**
	 * Another thread can close the source between the response and reading it.
	 */
	@Test
	void pageReadAfterClosingIsEmpty() {
		ListServer server = new ListServer(10_000);
		fill(server, shapes().get(0), 1_000, new Random(1));
		Line line = new Line(server, () -> LATENCY);
		OrderedSlices<KintoObject<Map<String, Object>>> parts = line.parts("-last_modified", 100, 4);
		InFlight first = parts.next();
		line.deliverAll();
		parts.close();
		assertThat(parts.read(Blocking.get("test", first.response()))).isEmpty();
		assertThat(parts.isFinished()).isTrue();
	}

	@Test
	void closedSourceSendsNothing() {
		Line line = new Line(new ListServer(10), () -> LATENCY);
		OrderedSlices<KintoObject<Map<String, Object>>> parts = line.parts("id", 100, 4);
		parts.close();
		assertThat(parts.next()).isNull();
		assertThat(line.requests).isZero();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void endOfAStreamCancelsAllRequests(boolean reactive) throws InterruptedException {
		CountDownLatch cancelled = new CountDownLatch(4);
		KintoClient client = client(cancelled, Mono.never());
		if (reactive) {
			assertThat(client.stream(sequence("-last_modified", 100, 4)).take(10).collectList().block()).hasSize(10);
		}
		else {
			try (Stream<KintoObject<Map<String, Object>>> records = client.blocking()
				.stream(sequence("-last_modified", 100, 4))) {
				assertThat(records.limit(10)).hasSize(10);
			}
		}
		assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void errorEndsAStreamAndCancelsAllRequests(boolean reactive) throws InterruptedException {
		CountDownLatch cancelled = new CountDownLatch(3);
		KintoClient client = client(cancelled, Mono.just(Calls.answer(400, "")));
		List<KintoObject<Map<String, Object>>> seen = new ArrayList<>();
		KintoParallelSequence<KintoObject<Map<String, Object>>> sequence = sequence("last_modified", 100, 4);
		assertThatExceptionOfType(KintoResponseException.class).isThrownBy(() -> {
			if (reactive) {
				client.stream(sequence).doOnNext(seen::add).blockLast();
			}
			else {
				client.blocking().stream(sequence).forEach(seen::add);
			}
		});
		assertThat(seen).hasSize(100);
		assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
	}

	/**
	 * Return a client whose second request is answered when four requests are in flight.
	 * The others are not answered.
	 */
	private static KintoClient client(CountDownLatch cancelled, Mono<KintoResponse> second) {
		ListServer server = new ListServer(10_000);
		fill(server, shapes().get(0), 1_000, new Random(1));
		AtomicInteger requests = new AtomicInteger();
		Sinks.Empty<Void> allSent = Sinks.empty();
		return KintoClient.builder((request) -> {
			int number = requests.getAndIncrement();
			if (number == 0) {
				return Mono.just(server.answer(request));
			}
			if (number == 4) {
				allSent.tryEmitEmpty();
			}
			return ((number == 1) ? allSent.asMono().then(second) : Mono.<KintoResponse>never())
				.doOnCancel(cancelled::countDown);
		}).build();
	}

	private static KintoParallelSequence<KintoObject<Map<String, Object>>> sequence(String sort, int limit,
			int parallel) {
		return Calls.KINTO.bucket("b").collection("c").streamInParallel(parallel, (q) -> q.sort(sort).limit(limit));
	}

	private static void fill(ListServer server, Shape shape, int count, Random random) {
		for (int i = 0; i < count; i++) {
			String id = (i % 5 == 0) ? "id-" + i : new UUID(random.nextLong(), random.nextLong()).toString();
			long version = shape.versions().version(i, random);
			if (version < 0) {
				server.delete(id, -version);
			}
			else {
				server.put(id, version);
			}
		}
	}

	private static Comparator<Item> order(String sort) {
		Comparator<Item> byId = Comparator.comparing(Item::id);
		Comparator<Item> ascending = sort.endsWith("id") ? byId
				: Comparator.comparingLong(Item::version).thenComparing(byId);
		return sort.startsWith("-") ? ascending.reversed() : ascending;
	}

	/**
	 * Distribution of the versions of records.
	 *
	 * @param name the name of the distribution
	 * @param versions gives the version of each record, which is negative for tombstones
	 */
	record Shape(String name, Versions versions) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	interface Versions {

		long version(int index, Random random);

	}

	/**
	 * Connection that sends requests to a server and delivers the responses after some
	 * time.
	 */
	private static final class Line {

		private final ListServer server;

		private final LongSupplier latency;

		private final PriorityQueue<Pending> pending = new PriorityQueue<>(
				Comparator.comparingLong(Pending::due).thenComparingInt(Pending::number));

		private final List<Item> read = new ArrayList<>();

		private Runnable beforeResponse = () -> {
		};

		/** Request that fails, and its error. */
		private int failing = -1;

		private @Nullable KintoResponse failure;

		private long now;

		private int requests;

		private int mostInFlight;

		private int cancelled;

		Line(ListServer server, LongSupplier latency) {
			this.server = server;
			this.latency = latency;
		}

		List<String> read(String sort, int limit, int parallel) {
			consume(parts(sort, limit, parallel));
			return ids();
		}

		List<String> ids() {
			return this.read.stream().map(Item::id).toList();
		}

		OrderedSlices<KintoObject<Map<String, Object>>> parts(String sort, int limit, int parallel) {
			KintoParallelSequence<KintoObject<Map<String, Object>>> sequence = sequence(sort, limit, parallel);
			KintoFlow<ListRange<KintoObject<Map<String, Object>>>> list = ((KintoParallelSequence.Ordered<KintoObject<Map<String, Object>>>) sequence)
				.list();
			while (list instanceof KintoFlow.Ask<ListRange<KintoObject<Map<String, Object>>>> ask) {
				list = ask.call().read(this.server.answer(ask.call().request()));
			}
			return new OrderedSlices<>(((KintoFlow.Done<ListRange<KintoObject<Map<String, Object>>>>) list).result(),
					parallel, this::send);
		}

		private InFlight send(KintoCall<?> call) {
			Pending request = new Pending(this.now + this.latency.getAsLong(), this.requests, call.request(),
					Sinks.one());
			this.requests++;
			this.pending.add(request);
			this.mostInFlight = Math.max(this.mostInFlight, this.pending.size());
			return new InFlight((head) -> request.response().asMono().doOnCancel(() -> {
				this.cancelled++;
				this.pending.remove(request);
			}), Runnable::run);
		}

		void consume(OrderedSlices<KintoObject<Map<String, Object>>> parts) {
			while (readNext(parts)) {
			}
		}

		boolean readNext(OrderedSlices<KintoObject<Map<String, Object>>> parts) {
			InFlight next = parts.next();
			if (next == null) {
				return false;
			}
			while (!next.response().isDone()) {
				deliverNext();
			}
			for (KintoObject<Map<String, Object>> record : parts.read(Blocking.get("test", next.response()))) {
				this.read.add(new Item(record.id(), record.lastModified().value(), false));
			}
			return true;
		}

		void deliverAll() {
			while (!this.pending.isEmpty()) {
				deliverNext();
			}
		}

		private void deliverNext() {
			Pending request = this.pending.remove();
			this.now = request.due();
			this.beforeResponse.run();
			if (request.number() != this.failing) {
				request.response().tryEmitValue(this.server.answer(request.request())).orThrow();
			}
			else if (this.failure != null) {
				request.response().tryEmitValue(this.failure).orThrow();
			}
			else {
				request.response().tryEmitError(new IllegalStateException("cut")).orThrow();
			}
		}

	}

	/**
	 * Request in flight.
	 *
	 * @param due when the response is delivered
	 * @param number the number of requests that were sent before
	 * @param request the request
	 * @param response accepts the response
	 */
	private record Pending(long due, int number, KintoRequest request, Sinks.One<KintoResponse> response) {
	}

}
