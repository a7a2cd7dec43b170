package io.kintospring.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

import io.kintospring.KintoNotSentException;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoRetry;
import io.kintospring.KintoTransportException;
import io.kintospring.KintoUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests for filters that fail, repeat requests and rebuild responses.
 */
@ParameterizedClass
@ValueSource(booleans = { true, false })
@Timeout(20)
class FilterWireTests {

	private static final String FOUND = "{\"data\":{\"id\":\"b\",\"last_modified\":5}}";

	private static final String GET = Calls.GET.request().toString();

	@Parameter
	private boolean reactorNetty;

	@Test
	void repeatedRequestMayHaveBeenSentIfOnlyTheLastConnectionFails() throws IOException {
		try (RefusingPort refused = new RefusingPort(); RawServer server = RawServer.answering()) {
			AtomicInteger attempts = new AtomicInteger();
			ExchangeFilterFunction moving = (request, next) -> (attempts.getAndIncrement() == 0)
					? next.exchange(request) : next.exchange(at(refused.url()).apply(request));
			ExchangeFilterFunction retrying = (request, next) -> Mono.defer(() -> next.exchange(request)).retry(1);
			KintoTransportException ex = fails(server, retrying, moving);
			assertThat(ex).isExactlyInstanceOf(KintoTransportException.class)
				.hasMessageContaining("no complete response from");
			assertThat(server.requests()).isNotEmpty();
		}
	}

	@Test
	void repeatedRequestWasNotSentIfEveryConnectionFails() throws IOException {
		try (RefusingPort server = new RefusingPort()) {
			assertThat(fails(server.url(), (request, next) -> next.exchange(request).retry(1)))
				.isInstanceOf(KintoNotSentException.class)
				.hasMessageStartingWith(GET + " was not sent: could not connect to " + server.url() + ": ");
		}
	}

	@Test
	void loadBalancedRequestWasNotSentIfTheConnectionFails() throws IOException {
		try (RefusingPort refused = new RefusingPort(); RawServer server = RawServer.answering()) {
			assertThat(fails(server, (request, next) -> next.exchange(at(refused.url()).apply(request))))
				.isInstanceOf(KintoNotSentException.class)
				.hasMessageContaining("could not connect to");
		}
	}

	@Test
	void connectErrorOfAnotherServerAfterTheResponseIsAFilterError() throws IOException {
		try (RefusingPort refused = new RefusingPort(); RawServer server = RawServer.answering(ok())) {
			assertThat(
					fails(server, (request, next) -> next.exchange(request).flatMap((response) -> ask(refused.url()))))
				.isExactlyInstanceOf(KintoTransportException.class)
				.hasMessageStartingWith(GET + ": a filter of the WebClient failed: ")
				.hasMessageContaining("ConnectException");
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	void connectErrorOfAnotherServerBeforeTheRequestIsAFilterError() throws IOException {
		try (RefusingPort refused = new RefusingPort(); RawServer server = RawServer.answering(ok())) {
			assertThat(fails(server, (request, next) -> ask(refused.url()).flatMap((token) -> next.exchange(request))))
				.isInstanceOf(KintoNotSentException.class)
				.hasMessageStartingWith(
						GET + " was not sent: a filter of the WebClient failed before the request" + " was sent: ")
				.hasMessageContaining("ConnectException")
				.hasMessageNotContaining(server.url().toString());
			assertThat(server.requests()).isEmpty();
		}
	}

	@Test
	void requestWasNotSentIfAFilterFailsFirst() throws IOException {
		try (RawServer server = RawServer.answering(ok())) {
			assertThat(fails(server, (request, next) -> Mono.error(new IllegalStateException("no token"))))
				.isInstanceOf(KintoNotSentException.class)
				.hasMessageEndingWith("before the request was sent: java.lang.IllegalStateException: no token");
		}
	}

	@Test
	void errorResponseOfAnotherServerIsAFilterError() throws IOException {
		try (RawServer identity = RawServer.answering(answer("404 Not Found", "{\"errno\":110}"));
				RawServer server = RawServer.answering(ok())) {
			assertThat(fails(server, (request, next) -> ask(identity.url()).flatMap((token) -> next.exchange(request))))
				.isInstanceOf(KintoNotSentException.class)
				.hasMessageContaining("a filter of the WebClient failed")
				.hasMessageContaining("WebClientResponseException$NotFound");
			assertThat(
					fails(server, (request, next) -> next.exchange(request).flatMap((response) -> ask(identity.url()))))
				.isExactlyInstanceOf(KintoTransportException.class)
				.hasMessageContaining("a filter of the WebClient failed");
		}
	}

	@Test
	void responseExceptionOfAFilterIsRead() throws IOException {
		try (RawServer server = RawServer.answering(answer("404 Not Found", "{\"errno\":111}"))) {
			assertThatExceptionOfType(KintoResponseException.class)
				.isThrownBy(() -> client(server.url(), FilterWireTests::throwing).blocking().execute(Calls.GET))
				.satisfies((ex) -> assertThat(ex.errno()).isEqualTo(111));
		}
	}

	@Test
	void compressedResponseRebuiltByAFilterIsRead() throws IOException {
		try (RawServer server = gzip("200 OK", FOUND)) {
			ExchangeFilterFunction mutating = (request, next) -> next.exchange(request)
				.map((response) -> response.mutate().body((body) -> body).header("X-Replaced", "yes").build());
			assertThat(client(server.url(), mutating).blocking().execute(Calls.GET).id()).isEqualTo("b");
		}
	}

	@Test
	void compressedResponseExceptionOfAFilterIsRead() throws IOException {
		try (RawServer server = gzip("404 Not Found", "{\"errno\":111}")) {
			assertThatExceptionOfType(KintoResponseException.class)
				.isThrownBy(() -> client(server.url(), FilterWireTests::throwing).blocking().execute(Calls.GET))
				.satisfies((ex) -> assertThat(ex.errno()).isEqualTo(111));
		}
	}

	@Test
	void filterSeesNoHeadersOfTheCompressedBody() throws IOException {
		assumeTrue(this.reactorNetty);
		List<HttpHeaders> seen = new CopyOnWriteArrayList<>();
		try (RawServer server = gzip("200 OK", FOUND)) {
			client(server.url(),
					(request, next) -> next.exchange(request)
						.doOnNext((response) -> seen.add(response.headers().asHttpHeaders())))
				.blocking()
				.execute(Calls.GET);
			assertThat(seen).singleElement()
				.satisfies((headers) -> assertThat(headers.headerNames()).contains("Content-Type")
					.doesNotContain("Content-Encoding", "Content-Length"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "=tok; Path=/", "s=a b", "", "ok=1; Max-Age=xyz", "a=b\u00e9" })
	void unreadableCookieIsIgnored(String cookie) throws IOException {
		assumeTrue(this.reactorNetty);
		List<String> seen = new CopyOnWriteArrayList<>();
		try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nSet-Cookie: " + cookie
				+ "\r\nSet-Cookie: good=1; Path=/v1\r\nETag: \"5\"\r\nContent-Length: " + FOUND.length() + "\r\n\r\n"
				+ FOUND);
				KintoClient client = client(server.url(),
						(request, next) -> next.exchange(request).doOnNext((response) -> {
							seen.add(String.valueOf(response.headers().asHttpHeaders().getFirst("ETag")));
							seen.add(String.valueOf(response.cookies().getFirst("good")));
						}))) {
			assertThat(client.blocking().execute(Calls.GET).id()).isEqualTo("b");
			assertThat(seen.get(0)).isEqualTo("\"5\"");
			assertThat(seen.get(1)).startsWith("good=1; Path=/v1");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"data\":{\"card\":\"4111-1111\"}}\r\n\r\n",
			"HTTP/1.1 103 Early Hints\r\n\r\n{\"card\":\"4111-1111\"}\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: {\"card\":\"4111-1111\"}\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{\"card\":\"4111-1111\"}\r\n\r\n" })
	void invalidHttpIsNotQuoted(String response) throws IOException {
		try (RawServer server = RawServer.answering(response)) {
			Throwable ex = fails(server);
			assertThat(ex).isExactlyInstanceOf(KintoTransportException.class);
			for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
				assertThat(cause.toString().toLowerCase(Locale.ROOT)).doesNotContain("card").doesNotContain("4111");
			}
		}
	}

	@Test
	void incompleteCompressedBodyIsReported() throws IOException {
		try (RawServer server = gzip("200 OK", FOUND, 12)) {
			assertThat(fails(server)).hasMessageContaining("the body cannot be decompressed: ")
				.hasMessageNotContaining("null");
		}
	}

	private static RawServer gzip(String status, String body) throws IOException {
		return gzip(status, body, Integer.MAX_VALUE);
	}

	private static RawServer gzip(String status, String body, int limit) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (OutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(body.getBytes(StandardCharsets.UTF_8));
		}
		byte[] sent = Arrays.copyOf(bytes.toByteArray(), Math.min(bytes.size(), limit));
		return new RawServer((request, connection) -> {
			RawServer.write(connection, "HTTP/1.1 " + status, "Content-Type: application/json",
					"Content-Encoding: gzip", "Content-Length: " + sent.length, "", "");
			RawServer.write(connection, sent);
		});
	}

	private static Mono<ClientResponse> throwing(ClientRequest request, ExchangeFunction next) {
		return next.exchange(request).flatMap(ClientResponse::createError);
	}

	private KintoTransportException fails(RawServer server, ExchangeFilterFunction... filters) {
		return fails(server.url(), filters);
	}

	private KintoTransportException fails(KintoUrl url, ExchangeFilterFunction... filters) {
		try (KintoClient client = client(url, filters)) {
			return catchThrowableOfType(KintoTransportException.class, () -> client.blocking().execute(Calls.GET));
		}
	}

	private KintoClient client(KintoUrl url, ExchangeFilterFunction... filters) {
		WebClientKintoTransport.Builder transport = WebClientKintoTransport.builder(url)
			.webClient(WebClient.builder().filters((all) -> all.addAll(List.of(filters))));
		return KintoClient.builder(this.reactorNetty ? transport : transport.connector(JdkClientHttpConnector::new))
			.retry(KintoRetry.none())
			.build();
	}

	/**
	 * Call another server with a separate WebClient.
	 */
	private static Mono<ClientResponse> ask(KintoUrl other) {
		return WebClient.create(other.toString())
			.get()
			.retrieve()
			.toBodilessEntity()
			.map((entity) -> ClientResponse.create(entity.getStatusCode()).build());
	}

	private static UnaryOperator<ClientRequest> at(KintoUrl other) {
		return (request) -> ClientRequest.from(request).url(URI.create(other + "/buckets/b")).build();
	}

	private static String ok() {
		return answer("200 OK", FOUND);
	}

	private static String answer(String status, String body) {
		return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
				+ "\r\n\r\n" + body;
	}

}
