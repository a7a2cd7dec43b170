package io.kintospring.embedded;

import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for requests that are in flight at the same time, with the behavior of
 * PostgreSQL.
 */
class ConcurrencyTests {

	private static final String BUCKET = "/buckets/blog";

	private static final String RECORDS = BUCKET + "/collections/posts/records";

	private static final String READ_COMMITTED = "read-committed";

	private static final String REPEATABLE_READ = "repeatable-read";

	private static final int WRITERS = 4;

	private EmbeddedKintoServer server;

	private TestClient client;

	@AfterEach
	void stop() {
		if (this.server != null) {
			this.server.close();
		}
	}

	@Test
	void readCommittedLosesUpdatesWithSameVersion() {
		start(READ_COMMITTED, 1, 100);
		String version = etag(this.client.send("PUT", RECORDS + "/a", "{\"data\":{}}"));
		List<HttpResponse<String>> responses = together((i) -> put("a", i, "If-Match", version));
		assertThat(responses).extracting(HttpResponse::statusCode).containsOnly(200);
		assertThat(accepted(responses)).hasSizeGreaterThan(1).contains(number("a"));
	}

	@Test
	void readCommittedLosesPatchesOfOtherFields() {
		start(READ_COMMITTED, 1, 100);
		this.client.send("PUT", RECORDS + "/a", "{\"data\":{}}");
		List<HttpResponse<String>> responses = together(
				(i) -> this.client.sendAsync("PATCH", RECORDS + "/a", "{\"data\":{\"f%d\":%d}}".formatted(i, i)));
		long accepted = responses.stream().filter((response) -> response.statusCode() == 200).count();
		long remaining = this.client.get(RECORDS + "/a").path("data").size() - 2;
		assertThat(accepted).isGreaterThan(1);
		assertThat(remaining).isEqualTo(1);
	}

	@Test
	void readCommittedLosesMembersAndPermissions() {
		start(READ_COMMITTED, 3, 100);
		String group = BUCKET + "/groups/g";
		this.client.send("PUT", group, "{\"data\":{\"members\":[]},\"permissions\":{\"read\":[]}}");
		List<HttpResponse<String>> responses = together((i) -> this.client.sendAsync("PATCH", group, """
				[{"op":"add","path":"/data/members/-","value":"account:u%1$d"},
				{"op":"add","path":"/permissions/read/account:u%1$d"}]""".formatted(i), "Content-Type",
				"application/json-patch+json"));
		assertThat(responses.stream().filter((response) -> response.statusCode() == 200).count()).isGreaterThan(1);
		JsonNode result = this.client.get(group);
		assertThat(result.path("data").path("members")).hasSize(1);
		assertThat(result.path("permissions").path("read")).hasSize(1);
	}

	@Test
	void repeatableReadRejectsAllButOneUpdate() {
		start(REPEATABLE_READ, 1, 100);
		String version = etag(this.client.send("PUT", RECORDS + "/a", "{\"data\":{}}"));
		List<HttpResponse<String>> responses = together((i) -> put("a", i, "If-Match", version));
		assertThat(accepted(responses)).containsExactly(number("a"));
		responses.stream().filter((response) -> response.statusCode() != 200).forEach((response) -> {
			assertThat(TestClient.error(response)).isEqualTo("503 201");
			assertThat(response.headers().firstValue("Retry-After")).hasValue("3");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { READ_COMMITTED, REPEATABLE_READ })
	void onlyOneOfSeveralCreatorsSucceeds(String level) {
		start(level, 1, 50);
		Set<String> errors = new TreeSet<>();
		for (int round = 0; round < 8; round++) {
			String id = "r" + round;
			List<HttpResponse<String>> responses = together((i) -> put(id, i, "If-None-Match", "*"));
			assertThat(accepted(responses)).containsExactly(number(id));
			responses.stream()
				.filter((response) -> response.statusCode() != 201)
				.map(TestClient::error)
				.forEach(errors::add);
		}
		assertThat(errors).contains("412 114", level.equals(READ_COMMITTED) ? "409 122" : "503 201");
	}

	@Test
	void defaultBucketIsCreatedByOneOfSeveralRequests() {
		start(READ_COMMITTED, 1, 100);
		List<HttpResponse<String>> responses = together(
				(i) -> this.client.sendAsync("PUT", "/buckets/default/collections/new/records/r" + i, "{\"data\":{}}"));
		assertThat(responses).extracting(HttpResponse::statusCode).containsOnly(201, 409);
		assertThat(responses.stream().filter((response) -> response.statusCode() == 201).count()).isGreaterThan(1);
	}

	@Test
	void someCreationsOfDifferentRecordsAreInConflict() {
		start(READ_COMMITTED, 1, 100);
		Set<String> created = new HashSet<>();
		int rejected = 0;
		for (int round = 0; round < 8; round++) {
			String prefix = "r" + round + "-";
			List<HttpResponse<String>> responses = together((i) -> put(prefix + i, i));
			for (int i = 0; i < WRITERS; i++) {
				if (responses.get(i).statusCode() == 201) {
					created.add(prefix + i);
				}
				else {
					assertThat(TestClient.error(responses.get(i))).isEqualTo("409 122");
					assertThat(responses.get(i).body()).contains("Integrity constraint violated, please retry.");
					assertThat(responses.get(i).headers().firstValue("Retry-After")).hasValue("3");
					rejected++;
				}
			}
		}
		assertThat(rejected).isBetween(1, 16);
		assertThat(records().ids()).containsExactlyInAnyOrderElementsOf(created);
	}

	@Test
	void conflictInBatchUndoesRequestsBefore() {
		start(READ_COMMITTED, 1, 100);
		int undone = 0;
		for (int round = 0; round < 8; round++) {
			String prefix = "r" + round + "-";
			List<HttpResponse<String>> responses = together((i) -> batch(prefix + i));
			Set<String> stored = records().ids();
			for (int i = 0; i < WRITERS; i++) {
				if (responses.get(i).statusCode() != 200) {
					// the history of the whole batch is in conflict
					assertThat(responses.get(i).statusCode()).isEqualTo(409);
					String own = prefix + i + "-";
					assertThat(stored).noneMatch((id) -> id.startsWith(own));
					continue;
				}
				List<Integer> statuses = TestClient.json(responses.get(i))
					.path("responses")
					.valueStream()
					.map((response) -> response.path("status").asInt())
					.toList();
				int conflict = statuses.lastIndexOf(409);
				for (int member = 0; member < statuses.size(); member++) {
					assertThat(stored.contains(prefix + i + "-" + member)).isEqualTo(member > conflict);
				}
				undone += statuses.subList(0, Math.max(conflict, 0)).contains(201) ? 1 : 0;
			}
		}
		assertThat(undone).isPositive();
	}

	@Test
	void recordCanBecomeVisibleAfterNewerOne() {
		start(READ_COMMITTED, 1, 100);
		Set<String> written = new HashSet<>();
		Set<String> seen = new HashSet<>();
		boolean sameVersionOfList = false;
		String since = "0";
		Listing previous = records();
		for (int round = 0; round < 8; round++) {
			String prefix = "r" + round + "-";
			List<CompletableFuture<HttpResponse<String>>> writes = IntStream.range(0, WRITERS)
				.mapToObj((i) -> put(prefix + i, i))
				.toList();
			boolean running = true;
			while (running) {
				running = writes.stream().anyMatch((write) -> !write.isDone());
				HttpResponse<String> poll = this.client.send("GET", RECORDS + "?_since=" + since, "");
				seen.addAll(Listing.of(poll).ids());
				since = etag(poll).replace("\"", "");
				Listing current = records();
				sameVersionOfList |= current.version().equals(previous.version())
						&& !current.ids().equals(previous.ids());
				previous = current;
			}
			writes.stream()
				.map(CompletableFuture::join)
				.filter((response) -> response.statusCode() == 201)
				.forEach((response) -> written.add(TestClient.json(response).path("data").path("id").asString()));
		}
		assertThat(records().ids()).containsExactlyInAnyOrderElementsOf(written);
		assertThat(written).containsAll(seen);
		assertThat(seen.size()).isLessThan(written.size());
		assertThat(sameVersionOfList).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { READ_COMMITTED, REPEATABLE_READ })
	void requestsOneAfterAnotherAreNeverInConflict(String level) {
		start(level, 1, 100);
		String version = etag(this.client.send("PUT", RECORDS + "/a", "{\"data\":{\"n\":-1}}"));
		for (int i = 0; i < 6; i++) {
			HttpResponse<String> response = put("a", i, "If-Match", version).join();
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(number("a")).isEqualTo(i);
			assertThat(etag(response)).isGreaterThan(version);
			version = etag(response);
			response = batch("b" + i).join();
			assertThat(TestClient.json(response).path("responses").valueStream())
				.allMatch((member) -> member.path("status").asInt() == 201);
			assertThat(records().ids()).hasSize(1 + 3 * (i + 1));
			assertThat(this.client.send("DELETE", RECORDS + "/b" + i + "-0", "").statusCode()).isEqualTo(200);
			assertThat(this.client.send("PUT", RECORDS + "/b" + i + "-0", "", "If-None-Match", "*").statusCode())
				.isEqualTo(201);
		}
	}

	@Test
	void percentageOfZeroIsSerial() {
		start(READ_COMMITTED, 1, 0);
		String version = etag(this.client.send("PUT", RECORDS + "/a", "{\"data\":{}}"));
		List<HttpResponse<String>> responses = together((i) -> put("a", i, "If-Match", version));
		assertThat(responses).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(200, 412, 412, 412);
	}

	@Test
	void memoryBackendHasNoConcurrentTransactions() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EmbeddedKintoServer.builder()
				.setting("storage_backend", "kinto.core.storage.memory")
				.setting("embedded.concurrency", READ_COMMITTED)
				.start())
			.withMessage("kinto.embedded.concurrency=read-committed requires the PostgreSQL backend,"
					+ " but kinto.storage_backend is set");
	}

	/**
	 * Start a server that waits long enough to have all requests of a round in flight.
	 */
	private void start(String concurrency, int seed, int percentage) {
		this.server = EmbeddedKintoServer.builder()
			.setting("embedded.concurrency", concurrency)
			.setting("embedded.concurrency_seed", String.valueOf(seed))
			.setting("embedded.concurrency_percentage", String.valueOf(percentage))
			.setting("embedded.concurrency_milliseconds", "100")
			.start();
		this.client = new TestClient(this.server, "alice");
		this.client.send("PUT", BUCKET, "");
		this.client.send("PUT", BUCKET + "/collections/posts", "");
	}

	private List<HttpResponse<String>> together(IntFunction<CompletableFuture<HttpResponse<String>>> requests) {
		List<CompletableFuture<HttpResponse<String>>> responses = IntStream.range(0, WRITERS)
			.mapToObj(requests)
			.toList();
		return responses.stream().map(CompletableFuture::join).toList();
	}

	private CompletableFuture<HttpResponse<String>> put(String id, int number, String... headers) {
		return this.client.sendAsync("PUT", RECORDS + "/" + id, "{\"data\":{\"n\":%d}}".formatted(number), headers);
	}

	private CompletableFuture<HttpResponse<String>> batch(String prefix) {
		String members = String.join(",",
				IntStream.range(0, 3)
					.mapToObj((member) -> "{\"method\":\"PUT\",\"path\":\"%s/%s-%d\",\"body\":{\"data\":{}}}"
						.formatted(RECORDS, prefix, member))
					.toList());
		return this.client.sendAsync("POST", "/batch", "{\"requests\":[%s]}".formatted(members));
	}

	private int number(String id) {
		return this.client.get(RECORDS + "/" + id).path("data").path("n").asInt(-1);
	}

	private Listing records() {
		return Listing.of(this.client.send("GET", RECORDS, ""));
	}

	private static List<Integer> accepted(List<HttpResponse<String>> responses) {
		return responses.stream()
			.filter((response) -> response.statusCode() < 300)
			.map((response) -> TestClient.json(response).path("data").path("n").asInt())
			.toList();
	}

	private static String etag(HttpResponse<String> response) {
		return response.headers().firstValue("ETag").orElseThrow();
	}

	private record Listing(String version, Set<String> ids) {

		static Listing of(HttpResponse<String> response) {
			Set<String> ids = new HashSet<>();
			TestClient.json(response).path("data").forEach((record) -> ids.add(record.path("id").asString()));
			return new Listing(etag(response), ids);
		}

	}

}
