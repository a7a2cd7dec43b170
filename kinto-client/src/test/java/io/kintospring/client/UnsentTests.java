package io.kintospring.client;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.kintospring.KintoNotSentException;
import io.kintospring.KintoTransportException;
import io.kintospring.protocol.KintoResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests that exceptions tell whether the request was sent.
 */
@Timeout(20)
class UnsentTests {

	private static final Duration TIMEOUT = Duration.ofMillis(200);

	private static final ExchangeFilterFunction WITHOUT_TOKEN = (request, next) -> Mono.never();

	@Test
	void requestDelayedByAFilterWasNotSent() throws IOException {
		try (RawServer server = RawServer.answering(); KintoClient client = client(server, WITHOUT_TOKEN)) {
			assertThat(catchThrowable(() -> client.blocking().execute(Calls.GET)))
				.isInstanceOf(KintoNotSentException.class)
				.hasMessage("getBucket GET /buckets/b was not sent within 200 ms");
			assertThat(server.requests()).isEmpty();
		}
	}

	@Test
	void pendingRequestWasNotSent() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		try (RawServer server = new RawServer((request, connection) -> {
			asked.countDown();
			connection.getInputStream().read();
		});
				KintoTransport transport = WebClientKintoTransport.builder(server.url()).maxConnections(1).build();
				KintoClient client = KintoClient.builder(transport).timeout(TIMEOUT).build()) {
			Disposable withoutTimeout = transport.exchange(Calls.GET.request()).subscribe();
			assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
			assertThat(catchThrowable(() -> client.blocking().execute(Calls.GET)))
				.isInstanceOf(KintoNotSentException.class)
				.hasMessageEndingWith("was not sent within 200 ms");
			assertThat(client.statistics().retries()).isEqualTo(3);
			assertThat(server.requests()).hasSize(1);
			withoutTimeout.dispose();
		}
	}

	@Test
	void requestWaitingForCredentialsWasNotSent() {
		KintoClient client = KintoClient
			.builder((request) -> Mono.just(new KintoResponse(204, new HttpHeaders(), new byte[0])))
			.authentication(Mono::never)
			.timeout(TIMEOUT)
			.build();
		assertThat(catchThrowable(() -> client.blocking().execute(Calls.GET)))
			.isInstanceOf(KintoNotSentException.class);
	}

	@Test
	void requestReceivedByTheServerMayHaveBeenSent() throws IOException {
		try (RawServer server = new RawServer((request, connection) -> connection.getInputStream().read());
				KintoClient client = KintoClient.builder(WebClientKintoTransport.builder(server.url()))
					.timeout(TIMEOUT)
					.build()) {
			assertThat(catchThrowable(() -> client.blocking().execute(Calls.GET)))
				.isExactlyInstanceOf(KintoTransportException.class)
				.hasMessageEndingWith("no response within 200 ms");
		}
	}

	@Test
	void requestPassedToACustomTransportMayHaveBeenSent() {
		KintoClient client = KintoClient.builder((request) -> Mono.never()).timeout(TIMEOUT).build();
		assertThat(catchThrowable(() -> client.blocking().execute(Calls.GET)))
			.isExactlyInstanceOf(KintoTransportException.class);
	}

	@Test
	void pendingRequestOfAClosedClientWasNotSent() throws IOException {
		try (RawServer server = RawServer.answering()) {
			KintoClient client = client(server, WITHOUT_TOKEN);
			CompletableFuture<?> waiting = client.execute(Calls.GET).toFuture();
			client.close();
			assertThat(error(waiting)).isInstanceOf(KintoNotSentException.class)
				.hasMessage("getBucket GET /buckets/b was not sent: the client is closed");
		}
	}

	private static KintoClient client(RawServer server, ExchangeFilterFunction filter) {
		return KintoClient
			.builder(
					WebClientKintoTransport.builder(server.url()).webClient(WebClient.builder().filter(filter)).build())
			.timeout(TIMEOUT)
			.build();
	}

	private static Throwable error(CompletableFuture<?> call) {
		return catchThrowable(() -> call.get(5, TimeUnit.SECONDS)).getCause();
	}

}
