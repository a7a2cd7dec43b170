package io.kintospring.embedded;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.kintospring.embedded.endpoint.KintoApplication;
import io.kintospring.embedded.request.KintoRequest;
import io.kintospring.embedded.request.KintoResponse;
import io.kintospring.embedded.request.PendingRequest;
import io.kintospring.embedded.request.RequestTarget;
import io.kintospring.embedded.resource.InitialData;
import io.kintospring.embedded.settings.Concurrency;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for rounds of requests, independent of the time of their arrival.
 */
class ConcurrentRequestsTests {

	private static final String BUCKET = "/buckets/blog";

	private static final String RECORDS = BUCKET + "/collections/posts/records";

	private static final String RECORD = RECORDS + "/a";

	private static final String GROUP = BUCKET + "/groups/readers";

	private static final int WRITERS = 4;

	private static final int ROUNDS = 30;

	private KintoApplication application = application(Concurrency.READ_COMMITTED, 1, 100);

	@Test
	void sameSeedHasSameDecisions() {
		List<Integer> first = statuses(7, false);
		assertThat(statuses(7, false)).isEqualTo(first);
		assertThat(IntStream.range(8, 11).mapToObj((seed) -> statuses(seed, false)))
			.anyMatch((other) -> !other.equals(first));
	}

	@Test
	void orderOfArrivalDoesNotMatter() {
		assertThat(statuses(7, true)).isEqualTo(statuses(7, false));
	}

	@Test
	void flushRestartsSequenceOfDecisions() {
		List<Integer> first = statuses(7, false);
		this.application.flush();
		assertThat(creations(false)).isEqualTo(first);
	}

	@Test
	void updatesOfOneObjectAreNeverInConflict() {
		createCollection();
		alone(request("PUT", RECORD));
		for (int round = 0; round < ROUNDS; round++) {
			assertThat(together(same(request("PUT", RECORD)))).containsOnly(200);
		}
	}

	@Test
	void deletionsOfOneObjectAreNeverInConflict() {
		createCollection();
		for (int round = 0; round < ROUNDS; round++) {
			alone(request("PUT", RECORD));
			assertThat(together(same(request("DELETE", RECORD)))).containsExactlyInAnyOrder(200, 404, 404, 404);
		}
	}

	@Test
	void rareConcurrencyStillCausesConflicts() {
		this.application = application(Concurrency.READ_COMMITTED, 1, 9);
		createCollection();
		List<Integer> statuses = new ArrayList<>();
		for (int round = 0; round < 10 * ROUNDS; round++) {
			String prefix = RECORDS + "/r" + round + "-";
			statuses.addAll(together(IntStream.range(0, WRITERS).mapToObj((i) -> request("PUT", prefix + i)).toList()));
		}
		assertThat(statuses).containsOnly(201, 409);
		assertThat(Collections.frequency(statuses, 409)).isBetween(2, 50);
	}

	@ParameterizedTest
	@EnumSource(names = { "READ_COMMITTED", "REPEATABLE_READ" })
	void readerSeesWhatConcurrentDeletionRemovesBelowBucket(Concurrency concurrency) {
		this.application = application(concurrency, 1, 100);
		for (int round = 0; round < ROUNDS; round++) {
			createCollection();
			alone(request("PUT", RECORD, "{\"permissions\":{\"read\":[\"system.Everyone\"]}}"));
			assertThat(together(List.of(request("DELETE", BUCKET), anonymous("GET", RECORD)))).containsOnly(200);
			assertThat(alone(anonymous("GET", RECORD))).isNotEqualTo(200);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "READ_COMMITTED", "REPEATABLE_READ" })
	void memberKeepsPermissionsOfConcurrentlyDeletedGroup(Concurrency concurrency) {
		this.application = application(concurrency, 1, 100);
		createCollection();
		alone(request("PUT", RECORD, "{\"permissions\":{\"read\":[\"%s\"]}}".formatted(GROUP)));
		KintoRequest read = anonymous("GET", RECORD);
		read.headers().setBasicAuth("bob", "secret");
		for (int round = 0; round < ROUNDS; round++) {
			alone(request("PUT", GROUP, "{\"data\":{\"members\":[\"system.Authenticated\"]}}"));
			assertThat(together(List.of(request("DELETE", GROUP), read))).containsOnly(200);
			assertThat(alone(read)).isEqualTo(403);
		}
	}

	@Test
	void flushByRequestCompletesSlowWrites() {
		int slow = 0;
		for (int round = 0; round < ROUNDS; round++) {
			List<Integer> statuses = new ArrayList<>();
			slow += this.application.handleConcurrently(pending(List.of(request("PUT", BUCKET)), statuses)) ? 1 : 0;
			assertThat(this.application.handleConcurrently(pending(List.of(request("POST", "/__flush__")), statuses)))
				.isFalse();
			assertThat(statuses).containsExactly(201, 202);
			assertThat(alone(request("GET", BUCKET))).isEqualTo(403);
			// the flush restarts the sequence of decisions
			for (int i = 0; i < round; i++) {
				alone(request("GET", "/"));
			}
		}
		assertThat(slow).isBetween(1, ROUNDS - 1);
	}

	@Test
	void flushCompletesSlowWrites() {
		int slow = 0;
		for (int round = 0; round < ROUNDS; round++) {
			List<Integer> statuses = new ArrayList<>();
			slow += this.application.handleConcurrently(pending(List.of(request("PUT", BUCKET)), statuses)) ? 1 : 0;
			this.application.flush();
			assertThat(statuses).containsExactly(201);
			assertThat(alone(request("GET", BUCKET))).isEqualTo(403);
			this.application.flush();
			// the flush restarts the sequence of decisions
			for (int i = 0; i < round; i++) {
				alone(request("GET", "/"));
			}
		}
		assertThat(slow).isBetween(1, ROUNDS - 1);
	}

	@Test
	void errorOfOneRequestDoesNotAffectOthers() {
		createCollection();
		AtomicBoolean failed = new AtomicBoolean();
		this.application.onChange(() -> {
			if (!failed.getAndSet(true)) {
				throw new StackOverflowError();
			}
		});
		List<KintoRequest> requests = IntStream.range(0, WRITERS)
			.mapToObj((i) -> request("DELETE", RECORDS + "/" + i))
			.toList();
		assertThat(together(requests)).containsExactlyInAnyOrder(500, 404, 404, 404);
	}

	private List<Integer> statuses(int seed, boolean reversed) {
		this.application = application(Concurrency.READ_COMMITTED, seed, 50);
		return creations(reversed);
	}

	private List<Integer> creations(boolean reversed) {
		createCollection();
		List<Integer> statuses = new ArrayList<>();
		for (int round = 0; round < ROUNDS; round++) {
			String prefix = "r" + round;
			List<KintoRequest> requests = new ArrayList<>(IntStream.range(0, WRITERS)
				.mapToObj((i) -> request("POST", RECORDS, body(prefix + "-" + i / 2, i)))
				.toList());
			if (reversed) {
				Collections.reverse(requests);
			}
			List<Integer> responses = together(requests);
			if (reversed) {
				Collections.reverse(responses);
			}
			statuses.addAll(responses);
		}
		return statuses;
	}

	private static String body(String id, int number) {
		return "{\"data\":{\"id\":\"%s\",\"n\":%d}}".formatted(id, number);
	}

	private void createCollection() {
		assertThat(alone(request("PUT", BUCKET))).isEqualTo(201);
		assertThat(alone(request("PUT", BUCKET + "/collections/posts"))).isEqualTo(201);
	}

	private int alone(KintoRequest request) {
		return together(List.of(request)).get(0);
	}

	/**
	 * Handle requests in one round, and return their statuses in the same order.
	 */
	private List<Integer> together(List<KintoRequest> requests) {
		Integer[] statuses = new Integer[requests.size()];
		List<PendingRequest> pending = IntStream.range(0, statuses.length)
			.mapToObj((i) -> new PendingRequest(requests.get(i), (response) -> statuses[i] = response.status().value()))
			.toList();
		if (this.application.handleConcurrently(pending)) {
			assertThat(this.application.handleConcurrently(List.of())).isFalse();
		}
		return new ArrayList<>(Arrays.asList(statuses));
	}

	private static List<PendingRequest> pending(List<KintoRequest> requests, List<Integer> statuses) {
		return requests.stream()
			.map((request) -> new PendingRequest(request,
					(KintoResponse response) -> statuses.add(response.status().value())))
			.toList();
	}

	private static List<KintoRequest> same(KintoRequest request) {
		return Collections.nCopies(WRITERS, request);
	}

	private static KintoApplication application(Concurrency concurrency, int seed, int percentage) {
		KintoServerSettings settings = KintoServerSettings.defaults()
			.with(KintoSetting.CONCURRENCY, concurrency)
			.with(KintoSetting.CONCURRENCY_SEED, seed)
			.with(KintoSetting.CONCURRENCY_PERCENTAGE, percentage);
		return new KintoApplication(settings, Clock.systemUTC(), InitialData.none(), Map.of());
	}

	private static KintoRequest request(String method, String path) {
		return request(method, path, "");
	}

	private static KintoRequest request(String method, String path, String body) {
		KintoRequest request = anonymous(method, path, body);
		request.headers().setBasicAuth("alice", "secret");
		return request;
	}

	private static KintoRequest anonymous(String method, String path) {
		return anonymous(method, path, "");
	}

	private static KintoRequest anonymous(String method, String path, String body) {
		HttpHeaders headers = new HttpHeaders();
		if (!body.isEmpty()) {
			headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
		}
		return new KintoRequest(HttpMethod.valueOf(method), RequestTarget.parse(path, null), headers,
				body.getBytes(StandardCharsets.UTF_8), "http://localhost/v1");
	}

}
