package io.kintospring.embedded;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that concurrent clients lose no changes, and that a poller sees each change once.
 * Set {@code -Dkinto.load.seconds=30} to run longer.
 */
@Timeout(300)
class LoadTests {

	private static final int WRITERS = 63;

	private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("kinto.load.seconds", 2));

	private static final String RECORDS = "/buckets/blog/collections/posts/records";

	@Test
	void pollerSeesEachChangeOnceAndTimestampsIncrease() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			TestClient client = new TestClient(server, "alice");
			client.send("PUT", "/buckets/blog", "");
			client.send("PUT", "/buckets/blog/collections/posts", "");
			long end = System.nanoTime() + TIME.toNanos();
			List<Callable<List<Change>>> writers = IntStream.range(0, WRITERS)
				.<Callable<List<Change>>>mapToObj((seed) -> () -> write(server, new Random(seed), end))
				.toList();
			Poller poller = new Poller(client);
			Future<?> polling = threads.submit(() -> {
				while (System.nanoTime() < end) {
					poller.poll();
				}
			});
			List<Change> written = new ArrayList<>();
			for (Future<List<Change>> writer : threads.invokeAll(writers)) {
				List<Change> own = writer.get();
				assertThat(own).extracting(Change::timestamp).isSorted();
				written.addAll(own);
			}
			polling.get();
			poller.poll();
			assertThat(written).extracting(Change::timestamp).doesNotHaveDuplicates();
			assertThat(written).containsAll(poller.seen);
			assertThat(poller.last).isEqualTo(last(written));
			long live = last(written).values().stream().filter((change) -> !change.deleted()).count();
			assertThat(client.send("HEAD", RECORDS, "").headers().firstValueAsLong("Total-Objects")).hasValue(live);
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static List<Change> write(EmbeddedKintoServer server, Random random, long end) {
		TestClient client = new TestClient(server, "alice");
		List<Change> changes = new ArrayList<>();
		Deque<String> own = new ArrayDeque<>();
		while (System.nanoTime() < end) {
			int choice = own.isEmpty() ? 0 : random.nextInt(10);
			switch (choice) {
				case 0, 1, 2, 3 -> {
					changes.add(change(client.send("POST", RECORDS, "{\"data\":{\"n\":1}}")));
					own.add(changes.get(changes.size() - 1).id());
				}
				case 4, 5, 6 -> {
					own.add(own.removeFirst());
					changes.add(change(client.send("PUT", RECORDS + "/" + own.getLast(), "{\"data\":{\"n\":2}}")));
				}
				case 7 -> changes.add(change(client.send("DELETE", RECORDS + "/" + own.removeFirst(), "")));
				default -> assertThat(client.send("GET", RECORDS + "?_limit=10", "").statusCode()).isEqualTo(200);
			}
		}
		return changes;
	}

	private static Map<String, Change> last(List<Change> changes) {
		Map<String, Change> last = new HashMap<>();
		changes.forEach((change) -> last.merge(change.id(), change,
				(one, other) -> (one.timestamp() > other.timestamp()) ? one : other));
		return last;
	}

	private static Change change(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
		return Change.of(TestClient.json(response).path("data"));
	}

	private record Change(String id, long timestamp, boolean deleted) {

		static Change of(JsonNode data) {
			return new Change(data.path("id").asString(), data.path("last_modified").asLong(), data.has("deleted"));
		}

	}

	private static final class Poller {

		private final TestClient client;

		private final Set<Change> seen = new HashSet<>();

		private final Map<String, Change> last = new HashMap<>();

		private long since;

		private Poller(TestClient client) {
			this.client = client;
		}

		private void poll() {
			HttpResponse<String> response = this.client.send("GET",
					RECORDS + "?_sort=last_modified&_since=" + this.since, "");
			for (JsonNode data : TestClient.json(response).path("data")) {
				Change change = Change.of(data);
				assertThat(change.timestamp()).isGreaterThan(this.since);
				assertThat(this.seen.add(change)).isTrue();
				this.last.put(change.id(), change);
				this.since = change.timestamp();
			}
		}

	}

}
