package io.kintospring.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoUnsupportedException;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link ServerKnowledge}.
 */
class KnowledgeTests {

	private final MovingClock clock = new MovingClock();

	private final Server server = new Server();

	private final KintoClient client = KintoClient.builder(this.server).clock(this.clock).build();

	@Test
	void capabilityIsRequestedOnce() {
		this.client.blocking().execute(Calls.KINTO.bucket("b").history().list());
		this.client.blocking().execute(Calls.KINTO.bucket("other").history().deleteAll());
		this.client.execute(Calls.KINTO.bucket("b").history().stream().collect()).block();
		assertThat(this.server.targets()).containsExactly("GET /", "GET /buckets/b/history",
				"DELETE /buckets/other/history", "GET /buckets/b/history");
	}

	@Test
	void serverInfoExpires() {
		this.client.blocking().execute(Calls.KINTO.bucket("b").history().list());
		this.clock.move(Duration.ofMinutes(5).minusMillis(1));
		this.client.blocking().execute(Calls.KINTO.bucket("b").history().list());
		this.clock.move(Duration.ofMillis(1));
		this.client.blocking().execute(Calls.KINTO.bucket("b").history().list());
		assertThat(this.server.targets()).containsExactly("GET /", "GET /buckets/b/history", "GET /buckets/b/history",
				"GET /", "GET /buckets/b/history");
	}

	@Test
	void expiryCanBeSet() {
		KintoClient other = this.client.mutate().serverInfoExpiry(Duration.ofSeconds(1)).build();
		other.blocking().execute(Calls.KINTO.bucket("b").history().list());
		this.clock.move(Duration.ofSeconds(1));
		other.blocking().execute(Calls.KINTO.bucket("b").history().list());
		assertThat(this.server.targets()).containsExactly("GET /", "GET /buckets/b/history", "GET /",
				"GET /buckets/b/history");
	}

	@Test
	void serverInfoIsRefreshedByEachResponseThatContainsIt() {
		this.server.capabilities = "";
		this.client.blocking().execute(Calls.KINTO.fetchServerInfo());
		this.server.capabilities = "\"history\":{}";
		this.client.blocking().execute(Calls.KINTO.fetchUser());
		this.clock.move(Duration.ofMinutes(4));
		this.client.blocking().execute(Calls.KINTO.fetchUser());
		this.clock.move(Duration.ofMinutes(4));
		this.client.blocking().execute(Calls.KINTO.bucket("b").history().list());
		assertThat(this.server.targets()).containsExactly("GET /", "GET /", "GET /", "GET /buckets/b/history");
	}

	/**
	 * A server may be restarted with another plugin.
	 */
	@Test
	void missingCapabilityIsRequestedAgain() {
		this.server.capabilities = "";
		assertThatExceptionOfType(KintoUnsupportedException.class)
			.isThrownBy(() -> this.client.blocking().execute(Calls.KINTO.bucket("b").history().list()));
		this.server.capabilities = "\"history\":{}";
		this.client.blocking().execute(Calls.KINTO.bucket("b").history().list());
		assertThat(this.server.targets()).containsExactly("GET /", "GET /", "GET /buckets/b/history");
	}

	/**
	 * Kinto's responses for an unknown path and an unknown method.
	 */
	@ParameterizedTest
	@CsvSource({ "404, 111", "405, 115" })
	void contradictingResponseRefreshesTheServerInfo(int status, int errno) {
		KintoCall<?> history = Calls.KINTO.bucket("b").history().list();
		this.client.blocking().execute(history);
		this.server.status = status;
		this.server.body = "{\"code\":" + status + ",\"errno\":" + errno + "}";
		this.server.capabilities = "";
		assertThat(catchThrowable(() -> this.client.blocking().execute(history))).isNotNull();
		assertThatExceptionOfType(KintoUnsupportedException.class)
			.isThrownBy(() -> this.client.blocking().execute(history));
		assertThat(this.server.targets()).containsExactly("GET /", "GET /buckets/b/history", "GET /buckets/b/history",
				"GET /");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void contradictingBatchMemberRefreshesTheServerInfo(int calls) {
		KintoCall<?> history = Calls.KINTO.bucket("b").history().list();
		this.client.blocking().execute(history);
		String unknown = "{\"code\":404,\"errno\":111}";
		this.server.status = (calls == 1) ? 404 : 200;
		this.server.body = (calls == 1) ? unknown : "{\"responses\":[" + "{\"status\":404,\"headers\":{},\"body\":"
				+ unknown + "}," + "{\"status\":404,\"headers\":{},\"body\":" + unknown + "}]}";
		this.server.capabilities = "";
		List<KintoCall<?>> batch = Stream.<KintoCall<?>>generate(() -> Calls.KINTO.bucket("b").history().list())
			.limit(calls)
			.toList();
		this.client.blocking().execute(Calls.KINTO.batch(batch, (b) -> b.collectErrors().maxRequests(25)));
		assertThatExceptionOfType(KintoUnsupportedException.class)
			.isThrownBy(() -> this.client.blocking().execute(history));
	}

	@Test
	void missingObjectDoesNotRefreshTheServerInfo() {
		KintoCall<?> history = Calls.KINTO.bucket("b").history().list();
		this.client.blocking().execute(history);
		this.server.status = 404;
		this.server.body = "{\"code\":404,\"errno\":110}";
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(KintoNotFoundException.class)
				.isThrownBy(() -> this.client.blocking().execute(history));
		}
		assertThat(this.server.targets()).containsOnlyOnce("GET /");
	}

	/**
	 * The same calls can be run by several clients.
	 */
	@Test
	void serverInfoBelongsToOneServer() {
		Server poor = new Server();
		poor.capabilities = "";
		KintoCall<?> history = Calls.KINTO.bucket("b").history().list();
		this.client.blocking().execute(history);
		assertThatExceptionOfType(KintoUnsupportedException.class)
			.isThrownBy(() -> KintoClient.builder(poor).build().blocking().execute(history));
		assertThat(poor.targets()).containsExactly("GET /");
		this.client.blocking().execute(history);
	}

	@Test
	void concurrentCallsAllSucceed() {
		KintoCall<?> history = Calls.KINTO.bucket("b").history().list();
		Mono.when(this.client.execute(history), this.client.execute(history)).block();
		assertThat(this.server.targets()).endsWith("GET /buckets/b/history");
	}

	/**
	 * Server whose configuration a test changes.
	 */
	private static final class Server implements KintoTransport {

		private final List<KintoRequest> requests = new CopyOnWriteArrayList<>();

		private String capabilities = "\"history\":{}";

		private int status = 200;

		private String body = "{\"data\":[]}";

		@Override
		public Mono<KintoResponse> exchange(KintoRequest request) {
			this.requests.add(request);
			if (request.target().equals("/")) {
				return Mono.just(Calls.answer(200,
						"{\"http_api_version\":\"1.23\",\"capabilities\":{" + this.capabilities + "}}"));
			}
			return Mono.just(Calls.answer(this.status, this.body, "ETag", "\"5\""));
		}

		List<String> targets() {
			return this.requests.stream().map((request) -> request.method() + " " + request.target()).toList();
		}

	}

}
