package io.kintospring.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.kintospring.KintoLockException;
import io.kintospring.KintoNotSentException;
import io.kintospring.KintoObject;
import io.kintospring.KintoTransportException;
import io.kintospring.protocol.BucketCalls;
import io.kintospring.protocol.CollectionCalls;
import io.kintospring.protocol.KintoFlow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Tests for flows that the client runs one at a time for each object.
 */
@Timeout(60)
class ExclusiveFlowTests {

	private static final String PATH = "/buckets/b/collections/c/records/r";

	private static final String KEY = LossyServer.class.getName() + PATH;

	private static final CollectionCalls<Map<String, Object>> RECORDS = Calls.KINTO.bucket("b").collection("c");

	private static final KintoFlow<KintoObject<Map<String, Object>>> OTHER = Calls.KINTO.bucket("b")
		.collection("d")
		.update("r", (data) -> data);

	private final LossyServer server = new LossyServer();

	private final LocalKintoLock lock = new LocalKintoLock();

	private final List<String> acquired = new CopyOnWriteArrayList<>();

	private final KintoClient client = client((builder) -> {
	});

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private KintoClient client(Consumer<KintoClient.Builder> settings) {
		KintoClient.Builder builder = KintoClient.builder(this.server).lock((key, maxWait) -> {
			CompletableFuture<KintoLock.Lease> lease = this.lock.acquire(key, maxWait);
			this.acquired.add(key);
			return lease;
		});
		settings.accept(builder);
		return builder.build();
	}

	@AfterEach
	void noLockIsLeft() {
		this.threads.shutdownNow();
		await().until(() -> this.lock.size() == 0);
	}

	private static KintoFlow<Integer> addStar() {
		return addStar((data) -> data);
	}

	private static KintoFlow<Integer> addStar(UnaryOperator<Map<String, Object>> before) {
		return RECORDS.update("r", (data) -> Map.of("stars", stars(before.apply(data)) + 1))
			.then((record) -> KintoFlow.done(stars(record.data())));
	}

	private static int stars(Map<String, Object> data) {
		return ((Number) data.get("stars")).intValue();
	}

	@Test
	void blockingUpdatesAreNotLost() throws Exception {
		addStars(10, this.client, this.client);
		assertThat(this.server.record(PATH).stars()).isEqualTo(20);
		assertThat(this.server.record(PATH).version()).as("no update was repeated").isEqualTo(21);
	}

	/**
	 * Shows that the server would lose updates.
	 */
	@Test
	void updatesOfClientsWithoutACommonLockAreLost() throws Exception {
		addStars(20, KintoClient.builder(this.server).build(), KintoClient.builder(this.server).build());
		assertThat(this.server.record(PATH).stars()).isLessThan(40);
	}

	@Test
	void clientsFromMutateShareTheLock() throws Exception {
		KintoClient original = KintoClient.builder(this.server).build();
		addStars(10, original,
				original.mutate().authentication(KintoAuthentication.basic("another", "secret")).build());
		assertThat(this.server.record(PATH).stars()).isEqualTo(20);
	}

	private void addStars(int times, KintoClient... clients) throws Exception {
		List<Future<?>> updates = new ArrayList<>();
		for (KintoClient updating : clients) {
			updates.add(this.threads.submit(() -> {
				for (int i = 0; i < times; i++) {
					updating.blocking().execute(addStar());
				}
			}));
		}
		for (Future<?> update : updates) {
			update.get();
		}
	}

	@Test
	void reactiveUpdatesAreNotLost() {
		List<Integer> stars = Flux.range(0, 50)
			.flatMap((i) -> this.client.execute(addStar()), 50)
			.collectList()
			.block();
		assertThat(stars).doesNotHaveDuplicates().hasSize(50);
		assertThat(this.server.record(PATH).version()).as("no update was repeated").isEqualTo(51);
	}

	@Test
	void allChangesOfAnObjectHaveTheSameLock() {
		BucketCalls bucket = Calls.KINTO.bucket("b");
		KintoFlow<?>[] flows = { addStar(), RECORDS.permissions("r").grant((p) -> p.read("me")),
				RECORDS.permissions("r").revoke((p) -> p.read("me")), RECORDS.attachments().remove("r"),
				bucket.groups().addMembers("r", "account:a"), bucket.groups().removeMembers("r", "account:a"),
				bucket.attributes().update((data) -> data),
				bucket.collection("c").attributes().update((data) -> data) };
		for (KintoFlow<?> flow : flows) {
			catchThrowable(() -> this.client.blocking().execute(flow));
		}
		String server = LossyServer.class.getName();
		assertThat(this.acquired).containsExactly(KEY, KEY, KEY, KEY, server + "/buckets/b/groups/r",
				server + "/buckets/b/groups/r", server + "/buckets/b", server + "/buckets/b/collections/c");
	}

	@Test
	void keyHasHostPortAndPathOfTheServer() {
		assertThat(ServerAddress.withoutScheme("https://Kinto.example.com/v1"))
			.isEqualTo(ServerAddress.withoutScheme("https://kinto.example.com:443/v1"))
			.isEqualTo("kinto.example.com:443/v1");
		assertThat(ServerAddress.withoutScheme("http://localhost:8888/a/v1")).isEqualTo("localhost:8888/a/v1");
	}

	/**
	 * Stands for the security context of Spring MVC.
	 */
	@Test
	void waitingReactiveUpdateHasTheCredentialsOfTheCallingThread() {
		Thread caller = Thread.currentThread();
		List<Boolean> asked = new CopyOnWriteArrayList<>();
		KintoClient authenticated = client((builder) -> builder.authentication(() -> {
			asked.add(Thread.currentThread() == caller);
			return Mono.just("Bearer token");
		}));
		CompletableFuture<Integer> update;
		try (Holder holder = new Holder()) {
			update = authenticated.execute(addStar()).toFuture();
			assertThat(holder.update).isNotDone();
		}
		assertThat(update).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(2);
		assertThat(asked).containsExactly(true);
	}

	@Test
	void updatesOfOtherObjectsDoNotWait() {
		try (Holder holder = new Holder()) {
			assertThat(this.client.blocking().execute(OTHER).data()).containsEntry("stars", 0);
			assertThat(this.client.execute(OTHER).block().data()).containsEntry("stars", 0);
			assertThat(holder.update).isNotDone();
		}
	}

	@Test
	void blockingAndReactiveUpdatesWaitInOneQueue() throws Exception {
		List<Integer> order = new CopyOnWriteArrayList<>();
		List<CompletableFuture<Integer>> updates = new ArrayList<>();
		try (Holder holder = new Holder()) {
			for (int i = 0; i < 10; i++) {
				int number = i;
				KintoFlow<Integer> flow = addStar((data) -> {
					order.add(number);
					return data;
				});
				updates.add((i % 2 == 0)
						? CompletableFuture.supplyAsync(() -> this.client.blocking().execute(flow), this.threads)
						: this.client.execute(flow).toFuture());
				awaitAcquired(2 + i);
			}
			assertThat(holder.update).isNotDone();
			assertThat(order).isEmpty();
		}
		for (CompletableFuture<Integer> update : updates) {
			update.get();
		}
		assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
	}

	@Test
	void updateWithinItsOwnFunctionIsRejected() {
		assertThatIllegalStateException().isThrownBy(() -> this.client.blocking().execute(addStar((data) -> {
			this.client.blocking().execute(addStar());
			return data;
		}))).withMessageStartingWith("updateRecord GET " + PATH + " was not sent: it would wait for the update whose");
		assertThatIllegalStateException().isThrownBy(() -> this.client.blocking().execute(addStar((data) -> {
			this.client.execute(addStar()).block();
			return data;
		})));
		assertThat(this.client.blocking().execute(addStar())).isOne();
	}

	@Test
	void flowsOfOneObjectCanFollowEachOther() {
		KintoFlow<Integer> twice = addStar().then((stars) -> addStar());
		assertThat(this.client.blocking().execute(twice)).isEqualTo(2);
		assertThat(this.client.execute(twice).block()).isEqualTo(4);
	}

	@Test
	void functionCanUpdateAnotherObject() {
		assertThat(this.client.blocking().execute(addStar((data) -> {
			this.client.blocking().execute(OTHER);
			return data;
		}))).isOne();
	}

	@Test
	void failedUpdateReleasesTheLock() {
		KintoFlow<Integer> failing = addStar((data) -> {
			throw new UnsupportedOperationException("on purpose");
		});
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.client.blocking().execute(failing));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.client.execute(failing).block());
		assertThat(this.client.blocking().execute(addStar())).isOne();
	}

	@Test
	void cancelledUpdateReleasesTheLock() {
		KintoClient silent = KintoClient.builder((request) -> Mono.never()).lock(this.lock).build();
		Disposable update = silent.execute(addStar()).subscribe();
		assertThat(this.lock.size()).isOne();
		update.dispose();
		assertThat(this.lock.size()).isZero();
	}

	@Test
	void cancelledUpdateLeavesTheQueue() {
		CompletableFuture<Integer> last;
		try (Holder holder = new Holder()) {
			CountDownLatch called = new CountDownLatch(1);
			Disposable cancelled = this.client.execute(addStar((data) -> {
				called.countDown();
				return data;
			})).subscribe();
			last = this.client.execute(addStar()).toFuture();
			cancelled.dispose();
			holder.release();
			assertThat(last).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(2);
			assertThat(called.getCount()).isOne();
		}
	}

	/**
	 * Updates are cancelled while they get the lock.
	 */
	@Test
	void noLockIsLeftAfterManyCancellations() {
		Random random = new Random(1);
		Flux.range(0, 2000)
			.flatMap((i) -> this.client.execute(addStar())
				.timeout(Duration.ofNanos(random.nextInt(20_000_000)))
				.onErrorReturn(0)
				.subscribeOn(Schedulers.boundedElastic()), 16)
			.blockLast();
		await().until(() -> this.lock.size() == 0);
		assertThat(this.client.blocking().execute(addStar())).isPositive();
	}

	@Test
	void noLockIsLeftAfterManyInterruptions() throws Exception {
		Random random = new Random(1);
		List<Thread> updating = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			Thread thread = new Thread(() -> catchThrowable(() -> this.client.blocking().execute(addStar())));
			thread.start();
			updating.add(thread);
			updating.get(random.nextInt(updating.size())).interrupt();
		}
		for (Thread thread : updating) {
			thread.interrupt();
			thread.join();
		}
		await().until(() -> this.lock.size() == 0);
	}

	@Test
	void interruptedUpdateLeavesTheQueue() throws Exception {
		try (Holder holder = new Holder()) {
			AtomicReference<Throwable> failure = new AtomicReference<>();
			AtomicBoolean interrupted = new AtomicBoolean();
			Thread thread = new Thread(() -> {
				failure.set(catchThrowable(() -> this.client.blocking().execute(addStar())));
				interrupted.set(Thread.currentThread().isInterrupted());
			});
			thread.start();
			awaitAcquired(2);
			thread.interrupt();
			thread.join();
			assertThat(failure.get()).isExactlyInstanceOf(KintoNotSentException.class)
				.hasMessage("updateRecord GET " + PATH + " was not sent: interrupted while waiting for the lock '" + KEY
						+ "', which another update holds");
			assertThat(interrupted).isTrue();
			holder.release();
			assertThat(this.client.blocking().execute(addStar())).isEqualTo(2);
		}
	}

	@Test
	void updateDoesNotWaitForever() {
		KintoClient impatient = this.client.mutate().lockMaxWait(Duration.ofMillis(50)).build();
		try (Holder holder = new Holder()) {
			assertThat(List.of(catchThrowable(() -> impatient.blocking().execute(addStar())),
					catchThrowable(() -> impatient.execute(addStar()).block())))
				.allSatisfy((ex) -> assertThat(ex).isExactlyInstanceOf(KintoLockException.class)
					.hasMessage("updateRecord GET " + PATH + " was not sent: the lock '" + KEY
							+ "' was not free within 50 ms. Other updates of the object take too long, or wait for this"
							+ " one. Send fewer at a time, do not update other objects in the function of an update, or"
							+ " raise kinto.lock.max-wait."));
			assertThat(holder.update).isNotDone();
		}
	}

	@Test
	void waitingUpdatesFailWhenTheClientIsClosed() {
		KintoClient closed = this.client.mutate().build();
		try (Holder holder = new Holder()) {
			CompletableFuture<Integer> reactive = closed.execute(addStar()).toFuture();
			CompletableFuture<Integer> blocking = CompletableFuture
				.supplyAsync(() -> closed.blocking().execute(addStar()), this.threads);
			awaitAcquired(3);
			closed.close();
			assertThat(holder.update).isNotDone();
			for (CompletableFuture<Integer> update : List.of(reactive, blocking)) {
				assertThat(update).failsWithin(Duration.ofSeconds(10))
					.withThrowableThat()
					.havingCause()
					.isExactlyInstanceOf(KintoNotSentException.class)
					.withMessageEndingWith("the client is closed");
			}
		}
	}

	@Test
	void blockingUpdateIsRejectedOnAThreadThatMustNotBeBlocked() {
		assertThatIllegalStateException()
			.isThrownBy(() -> Mono.fromCallable(() -> this.client.blocking().execute(addStar()))
				.subscribeOn(Schedulers.parallel())
				.block())
			.withMessageContaining("a blocking call is not allowed");
		assertThat(this.acquired).isEmpty();
	}

	/**
	 * With a transport that responds at once, each update would start the next one.
	 */
	@Test
	void manyWaitingUpdatesDoNotOverflowTheStack() {
		KintoClient immediate = KintoClient.builder((request) -> Mono.fromSupplier(Calls::found))
			.lock(this.lock)
			.build();
		KintoFlow<?> update = Calls.KINTO.bucket("b").attributes().update((data) -> data);
		List<CompletableFuture<?>> updates = new ArrayList<>();
		KintoFlow<?> first = Calls.KINTO.bucket("b").attributes().update((data) -> {
			for (int i = 0; i < 20_000; i++) {
				updates.add(immediate.execute(update).toFuture());
			}
			return data;
		});
		immediate.execute(first).block();
		assertThat(updates).hasSize(20_000)
			.allSatisfy((waiting) -> assertThat(waiting).succeedsWithin(Duration.ofSeconds(20)));
	}

	@Test
	void failureOfTheLockIsReported() {
		RuntimeException failure = new IllegalStateException("on purpose");
		KintoClient failing = client((builder) -> builder.lock((key, maxWait) -> {
			throw failure;
		}));
		KintoClient failingLater = client(
				(builder) -> builder.lock((key, maxWait) -> CompletableFuture.failedFuture(failure)));
		assertThat(List.of(catchThrowable(() -> failing.blocking().execute(addStar())),
				catchThrowable(() -> failing.execute(addStar()).block()),
				catchThrowable(() -> failingLater.execute(addStar()).block())))
			.allSatisfy((ex) -> assertThat(ex).isExactlyInstanceOf(KintoLockException.class)
				.hasMessage("updateRecord GET " + PATH + " was not sent: the lock '" + KEY + "' could not be acquired")
				.hasCause(failure));
		assertThat(this.server.record(PATH).version()).isOne();
	}

	/**
	 * An exception would make the caller repeat a change that was written.
	 */
	@Test
	void updateSucceedsIfTheLockCannotBeReleased() {
		KintoClient failing = client((builder) -> builder.lock((key, maxWait) -> CompletableFuture
			.completedFuture(() -> CompletableFuture.failedFuture(new IllegalStateException("on purpose")))));
		assertThat(failing.blocking().execute(addStar())).isOne();
		assertThat(failing.execute(addStar()).block()).isEqualTo(2);
	}

	@Test
	void lockIsReleasedWhenTheServerDoesNotRespond() {
		KintoClient silent = KintoClient.builder((request) -> Mono.never())
			.timeout(Duration.ofMillis(50))
			.lock(this.lock)
			.build();
		assertThatExceptionOfType(KintoTransportException.class).isThrownBy(() -> silent.blocking().execute(addStar()));
		assertThatExceptionOfType(KintoTransportException.class).isThrownBy(() -> silent.execute(addStar()).block());
	}

	private void awaitAcquired(int updates) {
		await().until(() -> this.acquired.size() == updates);
	}

	/**
	 * Update that holds the lock until it is closed.
	 */
	private final class Holder implements AutoCloseable {

		private final CountDownLatch end = new CountDownLatch(1);

		private final CompletableFuture<Integer> update;

		Holder() {
			this.update = CompletableFuture.supplyAsync(
					() -> ExclusiveFlowTests.this.client.blocking().execute(addStar(this::hold)),
					ExclusiveFlowTests.this.threads);
			awaitAcquired(1);
		}

		private Map<String, Object> hold(Map<String, Object> data) {
			try {
				this.end.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return data;
		}

		void release() {
			this.end.countDown();
			this.update.join();
		}

		@Override
		public void close() {
			release();
		}

	}

}
