package io.kintospring.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kintospring.KintoChanges;
import io.kintospring.KintoCheckpoint;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoTimestamp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changes while others write. On PostgreSQL, writes become visible in another order than
 * that of their versions.
 */
@Timeout(120)
class ConcurrentChangeContractTests extends ContractTests {

	private static final Duration INTERVAL = Duration.ofMillis(20);

	private static final int WRITERS = 8;

	private static final int WRITES = 40;

	/** Record that is written after all others. */
	private static final String LAST = "last";

	private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);

	/** Versions of records and tombstones that the server acknowledged, by id. */
	private final Map<String, List<KintoTimestamp>> acknowledged = new ConcurrentHashMap<>();

	private final List<String> delivered = new ArrayList<>();

	private final Map<String, KintoTimestamp> current = new HashMap<>();

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@Test
	void watchLosesNothingAndRepeatsNothing() {
		createFirst();
		try (Stream<KintoChanges<Post>> stream = this.posts.watch(null, INTERVAL)) {
			Iterator<KintoChanges<Post>> changes = stream.iterator();
			deliver(changes.next());
			CompletableFuture<?> writers = startWriters();
			while (!this.current.containsKey(LAST)) {
				deliver(changes.next());
			}
			writers.join();
		}
		verify();
	}

	@Test
	void readsLoseNothingAndRepeatNothing() {
		createFirst();
		KintoChanges<Post> changes = this.posts.changes(null);
		deliver(changes);
		CompletableFuture<?> writers = startWriters();
		while (!this.current.containsKey(LAST)) {
			String stored = changes.checkpoint().toString();
			changes = this.posts.changes(KintoCheckpoint.valueOf(stored));
			deliver(changes);
		}
		writers.join();
		verify();
	}

	/**
	 * Create a record before the writers start. On PostgreSQL, Kinto can respond with 500
	 * to the first requests to an empty list if several arrive at once.
	 */
	private void createFirst() {
		this.posts.timestamp();
		acknowledge("first", () -> save("first"));
	}

	private void deliver(KintoChanges<?> changes) {
		changes.saved().forEach((record) -> deliver(record.id(), record.lastModified()));
		changes.deleted().forEach((tombstone) -> deliver(tombstone.id(), tombstone.lastModified()));
	}

	private void deliver(String id, KintoTimestamp version) {
		this.delivered.add(id + "@" + version);
		this.current.put(id, version);
	}

	private void verify() {
		Map<String, KintoTimestamp> expected = new HashMap<>();
		this.acknowledged.forEach((id, versions) -> expected.put(id, versions.get(versions.size() - 1)));
		assertThat(this.current).containsExactlyInAnyOrderEntriesOf(expected);
		assertThat(this.delivered).doesNotHaveDuplicates();
	}

	private CompletableFuture<?> startWriters() {
		CompletableFuture<?>[] writers = IntStream.range(0, WRITERS)
			.mapToObj((writer) -> CompletableFuture.runAsync(() -> write("w" + writer + "-"), this.threads))
			.toArray(CompletableFuture<?>[]::new);
		return CompletableFuture.allOf(writers).thenRun(() -> acknowledge(LAST, () -> save(LAST)));
	}

	private void write(String prefix) {
		for (int i = 0; i < WRITES; i++) {
			String id = prefix + i;
			String other = prefix + i / 2;
			acknowledge(id, () -> save(id));
			if (i % 4 == 1) {
				acknowledge(other, () -> save(other));
			}
			if (i % 4 == 3) {
				acknowledge(id, () -> this.posts.delete(id).lastModified());
			}
		}
	}

	private KintoTimestamp save(String id) {
		return this.posts.replace(id, new Post("T", 1)).lastModified();
	}

	/**
	 * Repeat a write that PostgreSQL rejected because another one got the same version.
	 */
	private void acknowledge(String id, Supplier<KintoTimestamp> write) {
		while (true) {
			try {
				this.acknowledged.computeIfAbsent(id, (key) -> new ArrayList<>()).add(write.get());
				return;
			}
			catch (KintoResponseException ex) {
				if (ex.status() != 409) {
					throw ex;
				}
			}
		}
	}

}
