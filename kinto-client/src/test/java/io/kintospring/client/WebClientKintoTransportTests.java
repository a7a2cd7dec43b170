package io.kintospring.client;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.kintospring.KintoUrl;
import io.kintospring.protocol.KintoResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.AbstractClientHttpResponse;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

class WebClientKintoTransportTests {

	private static final KintoUrl URL = KintoUrl.of("http://127.0.0.1:1/v1");

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-1S", "PT0.0001S", "P25D" })
	void invalidConnectTimeoutIsRejected(Duration timeout) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> WebClientKintoTransport.builder(URL).connectTimeout(timeout))
			.withMessageStartingWith("connectTimeout must be between 1ms and 24 days, but was " + timeout);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1 })
	void invalidSizeIsRejected(int size) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> WebClientKintoTransport.builder(URL).maxInMemorySize(size))
			.withMessageStartingWith("maxInMemorySize must be at least 1, but was " + size);
	}

	@Test
	void serverIsTheUrl() {
		assertThat(WebClientKintoTransport.builder(URL).build().server()).isEqualTo("http://127.0.0.1:1/v1");
	}

	@Test
	void customHttpClientIsUsed() throws IOException {
		try (RawServer server = RawServer.answering("HTTP/1.1 204 No Content", "", "")) {
			WebClientKintoTransport.builder(server.url())
				.reactorNetty((connections) -> HttpClient.create(connections)
					.headers((headers) -> headers.set("X-Mine", "1")))
				.build()
				.exchange(Calls.GET.request())
				.block(Duration.ofSeconds(5));
			assertThat(server.requests().get(0)).containsIgnoringCase("\r\nX-Mine: 1\r\n");
		}
	}

	@Test
	void closingDisposesTheReconnection() {
		List<Runnable> reconnections = new CopyOnWriteArrayList<>();
		WebClientKintoTransport.Builder builder = WebClientKintoTransport.builder(URL).reconnection((reconnect) -> {
			reconnections.add(reconnect);
			return () -> reconnections.remove(reconnect);
		});
		WebClientKintoTransport first = builder.build();
		WebClientKintoTransport second = builder.build();
		assertThat(reconnections).hasSize(2);
		first.close();
		assertThat(reconnections).hasSize(1);
		second.close();
		assertThat(reconnections).isEmpty();
	}

	@Test
	void closingClosesConnectionsFromBeforeAReconnection() {
		List<ClosableConnector> connectors = new CopyOnWriteArrayList<>();
		WebClientKintoTransport transport = WebClientKintoTransport.builder(URL).connector(() -> {
			connectors.add(new ClosableConnector());
			return connectors.get(connectors.size() - 1);
		}).build();
		Disposable request = transport.exchange(Calls.GET.request()).subscribe();
		await().untilAsserted(() -> assertThat(connectors.get(0).requests).hasValue(1));
		transport.reconnect();
		transport.reconnect();
		assertThat(connectors).extracting((connector) -> connector.closed.get()).containsExactly(0, 1, 0);
		transport.close();
		request.dispose();
		assertThat(connectors).extracting((connector) -> connector.closed.get()).containsExactly(1, 1, 1);
	}

	/**
	 * Jetty waits for its selectors while it is stopped.
	 */
	@Test
	void libraryIsClosedOnAnotherThread() {
		Sinks.One<ClientHttpResponse> response = Sinks.one();
		Scheduler thread = Schedulers.newSingle("library");
		AtomicBoolean closed = new AtomicBoolean();
		WebClientKintoTransport transport = WebClientKintoTransport.builder(URL)
			.connector(() -> new WaitingConnector(response.asMono().publishOn(thread), thread, closed))
			.build();
		CompletableFuture<KintoResponse> exchange = transport.exchange(Calls.GET.request()).toFuture();
		transport.reconnect();
		response.tryEmitValue(new NoContent());
		assertThat(exchange).succeedsWithin(Duration.ofSeconds(5));
		await().untilTrue(closed);
		transport.close();
		thread.dispose();
	}

	/**
	 * Connector that waits for its thread while it is closed.
	 */
	private record WaitingConnector(Mono<ClientHttpResponse> response, Scheduler thread,
			AtomicBoolean closed) implements ClientHttpConnector, AutoCloseable {

		@Override
		public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
				Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
			return this.response;
		}

		@Override
		public void close() {
			CompletableFuture<?> free = new CompletableFuture<>();
			this.thread.schedule(() -> free.complete(null));
			await().until(free::isDone);
			this.closed.set(true);
		}

	}

	private static final class NoContent extends AbstractClientHttpResponse {

		NoContent() {
			super(HttpStatus.NO_CONTENT, new HttpHeaders(), new LinkedMultiValueMap<>(), Flux.empty());
		}

	}

	/**
	 * Connector that never responds.
	 */
	private static final class ClosableConnector implements ClientHttpConnector, AutoCloseable {

		private final AtomicInteger requests = new AtomicInteger();

		private final AtomicInteger closed = new AtomicInteger();

		@Override
		public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
				Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
			this.requests.incrementAndGet();
			return Mono.never();
		}

		@Override
		public void close() {
			this.closed.incrementAndGet();
		}

	}

	@Test
	void failingCustomizerIsReportedBeforeTheFirstRequest() {
		IllegalStateException mistake = new IllegalStateException("no such proxy");
		WebClientKintoTransport.Builder builder = WebClientKintoTransport.builder(URL).reactorNetty((connections) -> {
			throw mistake;
		});
		assertThatException().isThrownBy(builder::build).isSameAs(mistake);
	}

}
