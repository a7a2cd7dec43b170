package io.kintospring.boot.lock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import io.kintospring.client.KintoLock;
import io.kintospring.client.KintoLock.Lease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.integration.jdbc.lock.DefaultLockRepository;
import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.integration.support.locks.DefaultLockRegistry;
import org.springframework.integration.support.locks.LockRegistry;
import org.springframework.integration.support.locks.RenewableLockRegistry;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class LockRegistryKintoLockTests {

	private static final String KEY = "kinto.example.com:443/v1/buckets/blog/collections/posts/records/a";

	private static final Duration MAX_WAIT = Duration.ofSeconds(30);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final AtomicInteger holding = new AtomicInteger();

	@AfterEach
	void stopThreads() {
		this.threads.shutdownNow();
	}

	/**
	 * A lock is acquired by one thread and released by another one, as a reactive
	 * application does.
	 */
	@ParameterizedTest
	@EnumSource
	void twoInstancesExcludeEachOther(Registries registries) throws Exception {
		List<Integer> holders = new CopyOnWriteArrayList<>();
		List<Future<?>> updates = new ArrayList<>();
		for (KintoLock instance : registries.instances()) {
			for (int i = 0; i < 3; i++) {
				updates.add(this.threads.submit(() -> {
					for (int j = 0; j < 5; j++) {
						Lease lease = instance.acquire(KEY, MAX_WAIT).get();
						holders.add(this.threads.submit(this.holding::incrementAndGet).get());
						this.threads.submit(this.holding::decrementAndGet).get();
						this.threads.submit(() -> lease.release().get()).get();
					}
					return true;
				}));
			}
		}
		for (Future<?> update : updates) {
			update.get();
		}
		assertThat(holders).hasSize(30).containsOnly(1);
	}

	@ParameterizedTest
	@EnumSource
	void callerIsNotBlockedWhileAnotherInstanceHoldsTheLock(Registries registries) throws Exception {
		List<KintoLock> instances = registries.instances();
		Lease first = instances.get(0).acquire(KEY, MAX_WAIT).get();
		CompletableFuture<Lease> second = instances.get(1).acquire(KEY, MAX_WAIT);
		assertThat(instances.get(1).acquire("another", MAX_WAIT)).succeedsWithin(Duration.ofSeconds(10))
			.satisfies(Lease::release);
		assertThat(second).isNotDone();
		first.release().get();
		assertThat(second).succeedsWithin(Duration.ofSeconds(10)).satisfies(Lease::release);
	}

	@ParameterizedTest
	@EnumSource
	void callerThatStopsWaitingHoldsNothing(Registries registries) throws Exception {
		List<KintoLock> instances = registries.instances();
		Lease first = instances.get(0).acquire(KEY, MAX_WAIT).get();
		CompletableFuture<Lease> cancelled = instances.get(1).acquire(KEY, MAX_WAIT);
		CompletableFuture<Lease> failed = instances.get(1).acquire(KEY, MAX_WAIT);
		CompletableFuture<Lease> next = instances.get(1).acquire(KEY, MAX_WAIT);
		cancelled.cancel(false);
		failed.completeExceptionally(new TimeoutException());
		first.release().get();
		assertThat(next).succeedsWithin(Duration.ofSeconds(10)).satisfies(Lease::release);
		assertThat(instances.get(0).acquire(KEY, MAX_WAIT)).succeedsWithin(Duration.ofSeconds(10))
			.satisfies(Lease::release);
	}

	@ParameterizedTest
	@EnumSource
	void waitingIsLimited(Registries registries) throws Exception {
		List<KintoLock> instances = registries.instances();
		Lease first = instances.get(0).acquire(KEY, MAX_WAIT).get();
		assertThat(catchThrowable(() -> instances.get(1).acquire(KEY, Duration.ofMillis(20)).get()))
			.isInstanceOf(ExecutionException.class)
			.hasCauseInstanceOf(TimeoutException.class);
		first.release().get();
		assertThat(instances.get(1).acquire(KEY, MAX_WAIT)).succeedsWithin(Duration.ofSeconds(10))
			.satisfies(Lease::release);
	}

	@Test
	void callersOfAnInstanceAcquireTheLockInTheirOrder() throws Exception {
		KintoLock lock = new LockRegistryKintoLock(new DefaultLockRegistry());
		Lease first = lock.acquire(KEY, MAX_WAIT).get();
		List<Integer> order = new CopyOnWriteArrayList<>();
		List<CompletableFuture<?>> callers = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			int number = i;
			callers.add(lock.acquire(KEY, MAX_WAIT).thenCompose((lease) -> {
				order.add(number);
				return lease.release();
			}));
		}
		first.release();
		CompletableFuture.allOf(callers.toArray(CompletableFuture<?>[]::new)).get();
		assertThat(order).isSorted().hasSize(20);
	}

	@Test
	void lockIsRenewedByItsThreadWhileItIsHeld() throws Exception {
		List<Thread> renewing = new CopyOnWriteArrayList<>();
		List<Thread> locking = new CopyOnWriteArrayList<>();
		RenewableLockRegistry<Lock> registry = new RenewableLockRegistry<>() {

			@Override
			public Lock obtain(Object lockKey) {
				locking.add(Thread.currentThread());
				return new ReentrantLock();
			}

			@Override
			public void renewLock(Object lockKey) {
				assertThat(lockKey).isEqualTo(KEY);
				renewing.add(Thread.currentThread());
				throw new IllegalStateException("a failure does not end the renewal");
			}

			@Override
			public void renewLock(Object lockKey, Duration ttl) {
				throw new UnsupportedOperationException();
			}

		};
		Lease lease = new LockRegistryKintoLock(registry, Duration.ofMillis(1)).acquire(KEY, MAX_WAIT).get();
		await().until(() -> renewing.size() > 3);
		lease.release().get();
		assertThat(renewing).containsOnly(locking.get(0));
	}

	@Test
	void failureOfTheRegistryIsReported() throws Exception {
		IllegalStateException failure = new IllegalStateException("on purpose");
		List<Lock> locks = new ArrayList<>(List.of(new ReentrantLock()));
		KintoLock lock = new LockRegistryKintoLock((key) -> {
			if (locks.isEmpty()) {
				throw failure;
			}
			return locks.remove(0);
		});
		lock.acquire(KEY, MAX_WAIT).get().release().get();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> lock.acquire(KEY, MAX_WAIT).get())
			.withCause(failure);
		locks.add(new ReentrantLock());
		assertThat(lock.acquire(KEY, MAX_WAIT)).succeedsWithin(Duration.ofSeconds(10)).satisfies(Lease::release);
	}

	/**
	 * The entry in the database is gone, as if it had expired and another instance had
	 * removed it.
	 */
	@Test
	void releaseOfAnExpiredLockFails() throws Exception {
		DriverManagerDataSource database = Registries.database();
		KintoLock lock = new LockRegistryKintoLock(Registries.jdbc(database));
		Lease lease = lock.acquire(KEY, MAX_WAIT).get();
		try (var connection = database.getConnection(); var statement = connection.createStatement()) {
			assertThat(statement.executeUpdate("DELETE FROM INT_LOCK")).isOne();
		}
		assertThat(catchThrowable(() -> lease.release().get())).rootCause().hasMessageContaining("due to expiration");
		assertThat(lock.acquire(KEY, MAX_WAIT)).succeedsWithin(Duration.ofSeconds(10)).satisfies(Lease::release);
	}

	/**
	 * Registries of two instances of an application.
	 */
	enum Registries {

		DEFAULT {
			@Override
			Stream<LockRegistry<?>> registries() {
				DefaultLockRegistry registry = new DefaultLockRegistry();
				return Stream.of(registry, registry);
			}
		},

		JDBC {
			@Override
			Stream<LockRegistry<?>> registries() {
				DriverManagerDataSource database = database();
				return Stream.of(jdbc(database), jdbc(database));
			}
		};

		abstract Stream<LockRegistry<?>> registries();

		List<KintoLock> instances() {
			return registries().<KintoLock>map(LockRegistryKintoLock::new).toList();
		}

		private static DriverManagerDataSource database() {
			DriverManagerDataSource database = new DriverManagerDataSource(
					"jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
			DatabasePopulatorUtils.execute(new ResourceDatabasePopulator(
					new ClassPathResource("org/springframework/integration/jdbc/schema-h2.sql")), database);
			return database;
		}

		private static JdbcLockRegistry jdbc(DriverManagerDataSource database) {
			DefaultLockRepository repository = new DefaultLockRepository(database);
			repository.setTransactionManager(new JdbcTransactionManager(database));
			repository.afterPropertiesSet();
			repository.afterSingletonsInstantiated();
			JdbcLockRegistry registry = new JdbcLockRegistry(repository);
			registry.setIdleBetweenTries(Duration.ofMillis(5));
			return registry;
		}

	}

}
