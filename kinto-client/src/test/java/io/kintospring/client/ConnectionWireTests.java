package io.kintospring.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import io.kintospring.KintoException;
import io.kintospring.KintoNotSentException;
import io.kintospring.KintoObject;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoRetry;
import io.kintospring.KintoTransportException;
import io.kintospring.protocol.CollectionCalls;
import io.kintospring.protocol.KintoCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Tests for connections that are reused with faulty servers and proxies. Each call gets
 * its own response, and none takes connections from others.
 */
@ParameterizedClass
@EnumSource
@Timeout(30)
class ConnectionWireTests {

	private static final CollectionCalls<Map<String, Object>> RECORDS = Calls.KINTO.bucket("b").collection("c");

	private static final int MAX_CONNECTIONS = 4;

	@Parameter
	private TestLibrary library;

	private final List<KintoClient> clients = new ArrayList<>();

	@AfterEach
	void close() {
		this.clients.forEach(KintoClient::close);
	}

	/**
	 * A thread can need several connections: it has the response shortly before the
	 * connection is released.
	 */
	@Test
	void connectionsAreReused() throws IOException {
		try (RawServer server = RawServer.keepAlive(ConnectionWireTests::answer)) {
			KintoClient client = client(server);
			for (int i = 0; i < 20; i++) {
				assertThat(client.blocking().execute(RECORDS.get("r" + i)).id()).isEqualTo("r" + i);
			}
			assertThat(server.connections()).isLessThanOrEqualTo(10);
		}
	}

	static Stream<String> interimResponses() {
		String linked = "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n";
		return Stream.of("HTTP/1.1 102 Processing\r\n\r\n", linked, "HTTP/1.1 104 Upload Resumption Supported\r\n\r\n",
				"HTTP/1.1 100 Continue\r\n\r\n",
				"HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + linked);
	}

	/**
	 * Otherwise the next call would get the response to this one.
	 */
	@ParameterizedTest
	@MethodSource("interimResponses")
	void interimResponsesAreDropped(String interim) throws IOException {
		try (RawServer server = RawServer.keepAlive((request, connection) -> {
			RawServer.write(connection, interim);
			if (request.hashCode() % 2 == 0) {
				connection.getOutputStream().flush();
				Thread.yield();
			}
			answer(request, connection);
		})) {
			KintoClient client = client(server);
			for (int i = 0; i < 20; i++) {
				assertThat(client.blocking().execute(RECORDS.get("r" + i)).id()).isEqualTo("r" + i);
				assertThat(client.blocking().execute(RECORDS.replace("w" + i, Map.of("a", i))).id()).isEqualTo("w" + i);
				assertThat(client.blocking().execute(RECORDS.count())).isEqualTo(7);
			}
		}
	}

	@Test
	void recordWithAnotherIdIsRejected() throws IOException {
		try (RawServer server = RawServer
			.keepAlive((request, connection) -> write(connection, "200 OK", record("other"), ""))) {
			KintoClient client = client(server);
			List<KintoCall<?>> calls = List.of(RECORDS.get("x"), RECORDS.find("x"), RECORDS.replace("x", Map.of()),
					RECORDS.create("x", Map.of()), RECORDS.createIfAbsent("x", Map.of()),
					RECORDS.patch("x", Map.of("a", 1)), RECORDS.delete("x"));
			for (KintoCall<?> call : calls) {
				assertThatExceptionOfType(KintoResponseException.class).as(call.toString())
					.isThrownBy(() -> client.blocking().execute(call))
					.withMessageContaining("'other' instead of 'x'");
			}
		}
	}

	/**
	 * Bytes after a response must not be read as the response to the next request.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "204 No Content", "304 Not Modified" })
	void connectionWithAnUnexpectedBodyIsNotReused(String status) throws IOException {
		try (RawServer server = RawServer.keepAlive((request, connection) -> {
			if (request.contains("/first ")) {
				RawServer.write(connection, "HTTP/1.1 " + status, "ETag: \"5\"", "",
						message("200 OK", record("x"), ""));
			}
			else {
				answer(request, connection);
			}
		})) {
			KintoClient client = client(server);
			for (int i = 0; i < 10; i++) {
				catchThrowable(() -> client.blocking().execute(RECORDS.get("first")));
				assertThat(client.blocking().execute(RECORDS.get("x")).data()).containsEntry("real", true);
			}
		}
	}

	@Test
	void connectionWithATooLongBodyIsNotReused() throws IOException {
		try (RawServer server = RawServer.keepAlive((request, connection) -> {
			if (request.contains("/first ")) {
				RawServer.write(connection,
						message("200 OK", record("first"), "") + message("200 OK", record("x"), ""));
			}
			else {
				answer(request, connection);
			}
		})) {
			KintoClient client = client(server);
			for (int i = 0; i < 10; i++) {
				assertThat(client.blocking().execute(RECORDS.get("first")).id()).isEqualTo("first");
				assertThat(client.blocking().execute(RECORDS.get("x")).data()).containsEntry("real", true);
			}
		}
	}

	@Test
	void connectionWithBytesBetweenRequestsIsNotReused() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch written = new CountDownLatch(1);
		try (RawServer server = RawServer.keepAlive((request, connection) -> {
			answer(request, connection);
			if (request.contains("/first ")) {
				awaited(asked);
				RawServer.write(connection, message("200 OK", record("x"), ""));
				written.countDown();
			}
		})) {
			KintoClient client = client(server);
			assertThat(client.blocking().execute(RECORDS.get("first")).id()).isEqualTo("first");
			asked.countDown();
			awaited(written);
			await().until(() -> server.isClosedByTheClient(0));
			assertThat(client.blocking().execute(RECORDS.get("x")).data()).containsEntry("real", true);
			assertThat(server.connections()).isEqualTo(2);
		}
	}

	/**
	 * Waitress does this before version 3.0, without a header in the response.
	 */
	@Test
	void connectionClosedAfterHeadDoesNotBreakTheNextCall() throws IOException {
		try (RawServer server = RawServer.keepAlive((request, connection) -> {
			answer(request, connection);
			if (request.startsWith("HEAD ")) {
				connection.close();
			}
		})) {
			KintoClient client = client(server);
			for (int i = 0; i < 100; i++) {
				assertThat(client.blocking().execute(RECORDS.count())).isEqualTo(7);
				assertThat(client.blocking().execute(RECORDS.get("r" + i)).id()).isEqualTo("r" + i);
			}
			List<Long> counts = Flux.range(0, 100)
				.flatMap((i) -> client.execute(RECORDS.count())
					.flatMap((count) -> client.execute(RECORDS.get("r")).thenReturn(count)))
				.collectList()
				.block();
			assertThat(counts).hasSize(100).containsOnly(7L);
		}
	}

	static Stream<Arguments> bodiesThatAreNotCompressed() throws IOException {
		byte[] whole = gzip(record("broken"));
		byte[] wrongChecksum = whole.clone();
		wrongChecksum[whole.length - 8] ^= 1;
		List<byte[]> bodies = List.of(record("broken").getBytes(StandardCharsets.UTF_8), new byte[] { 1 },
				new byte[] { 0x1f, (byte) 0x8b }, Arrays.copyOf(whole, 9), Arrays.copyOf(whole, whole.length - 4),
				wrongChecksum);
		return Stream.of("gzip", "deflate")
			.flatMap((encoding) -> bodies.stream().map((body) -> Arguments.of(encoding, body)));
	}

	@ParameterizedTest
	@MethodSource("bodiesThatAreNotCompressed")
	void decompressionErrorKeepsTheConnection(String encoding, byte[] body) throws IOException {
		try (RawServer server = RawServer.keepAlive((request, connection) -> {
			if (request.contains("/broken ")) {
				RawServer.write(connection, "HTTP/1.1 200 OK", "Content-Type: application/json",
						"Content-Encoding: " + encoding, "Content-Length: " + body.length, "", "");
				RawServer.write(connection, body);
			}
			else {
				answer(request, connection);
			}
		})) {
			KintoClient client = client(server);
			for (int i = 0; i < 3 * MAX_CONNECTIONS; i++) {
				assertThatExceptionOfType(KintoException.class)
					.isThrownBy(() -> client.blocking().execute(RECORDS.get("broken")))
					.withMessageContaining("cannot be decompressed");
			}
			assertThat(client.blocking().execute(RECORDS.get("r")).id()).isEqualTo("r");
			assertThat(server.connections()).isLessThanOrEqualTo(MAX_CONNECTIONS);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "x-gzip", "GZIP" })
	void compressedResponseIsRead(String encoding) throws IOException {
		byte[] body = gzip(record("x"));
		try (RawServer server = RawServer.keepAlive((request, connection) -> {
			RawServer.write(connection, "HTTP/1.1 200 OK", "Content-Encoding: " + encoding,
					"Content-Length: " + body.length, "", "");
			RawServer.write(connection, body);
		})) {
			assertThat(client(server).blocking().execute(RECORDS.get("x")).id()).isEqualTo("x");
		}
	}

	/**
	 * No call uses their connections.
	 */
	@Test
	void cancelledPendingCallsOpenNoConnections() throws IOException {
		try (RawServer server = RawServer.keepAlive((request, connection) -> {
			if (request.contains("/slow")) {
				connection.getInputStream().read();
			}
			else {
				answer(request, connection);
			}
		})) {
			KintoClient client = client(server);
			List<Disposable> calls = new ArrayList<>();
			for (int i = 0; i < 500; i++) {
				calls.add(client.execute(RECORDS.get("slow" + i)).subscribe());
			}
			await().until(() -> server.requests().size() == MAX_CONNECTIONS);
			calls.forEach(Disposable::dispose);
			for (int i = 0; i < 20; i++) {
				assertThat(client.blocking().execute(RECORDS.get("r" + i)).id()).isEqualTo("r" + i);
			}
			assertThat(server.connections()).isLessThanOrEqualTo(2 * MAX_CONNECTIONS);
		}
	}

	/**
	 * A backlog of expired calls must not block the client.
	 */
	@Test
	void callSucceedsAfterManyTimeouts() throws IOException {
		try (RawServer server = RawServer.keepAlive((request, connection) -> {
			if (request.contains("/slow")) {
				connection.getInputStream().read();
			}
			else {
				answer(request, connection);
			}
		})) {
			KintoClient client = client(server, Duration.ofMillis(700));
			List<Throwable> failures = Flux.range(0, 900)
				.flatMap((i) -> client.execute(RECORDS.get("slow" + i))
					.then(Mono.<Throwable>empty())
					.onErrorResume(Mono::just), 900)
				.collectList()
				.block();
			assertThat(failures).hasSize(900).allSatisfy((ex) -> assertThat(ex).hasMessageContaining("within 700 ms"));
			assertThat(client.blocking().execute(RECORDS.get("r")).id()).isEqualTo("r");
			assertThat(server.connections()).isLessThanOrEqualTo(5 * MAX_CONNECTIONS);
		}
	}

	@Test
	void callFailsIfTooManyRequestsArePending() throws IOException {
		CountDownLatch asked = new CountDownLatch(1);
		try (RawServer server = RawServer.keepAlive((request, connection) -> {
			awaited(asked);
			answer(request, connection);
		})) {
			KintoClient client = client(server);
			List<Mono<KintoObject<Map<String, Object>>>> calls = IntStream.range(0, 1000 + MAX_CONNECTIONS + 1)
				.mapToObj((i) -> client.execute(RECORDS.get("r" + i)))
				.toList();
			List<Throwable> failures = Flux.fromIterable(calls)
				.flatMap((call) -> call.then(Mono.<Throwable>empty()).onErrorResume((ex) -> {
					asked.countDown();
					return Mono.just(ex);
				}), calls.size())
				.collectList()
				.block();
			assertThat(failures).singleElement()
				.satisfies((ex) -> assertThat(ex).isInstanceOf(KintoNotSentException.class)
					.hasMessageContaining("was not sent: 4 requests are in flight and 1000 are pending")
					.hasMessageContaining("kinto.max-connections"));
			assertThat(server.requests()).hasSize(1000 + MAX_CONNECTIONS);
		}
	}

	@Test
	void closingTheClientClosesItsConnections() throws IOException {
		CountDownLatch asked = new CountDownLatch(1);
		try (RawServer server = RawServer.keepAlive((request, connection) -> {
			if (request.contains("/slow")) {
				asked.countDown();
				connection.getInputStream().read();
			}
			answer(request, connection);
		})) {
			KintoClient client = client(server);
			client.blocking().execute(RECORDS.get("r"));
			Mono<KintoObject<Map<String, Object>>> slow = client.execute(RECORDS.get("slow")).cache();
			slow.subscribe(null, (ex) -> {
			});
			assertThat(awaited(asked)).isTrue();
			client.close();
			assertThat(catchThrowable(slow::block)).isExactlyInstanceOf(KintoTransportException.class)
				.hasMessageEndingWith("was not completed: the client is closed");
			assertThatExceptionOfType(KintoNotSentException.class)
				.isThrownBy(() -> client.blocking().execute(RECORDS.get("r")))
				.withMessageEndingWith("was not sent: the client is closed");
			await().until(() -> IntStream.range(0, server.connections()).allMatch(server::isClosedByTheClient));
		}
	}

	private KintoClient client(RawServer server) {
		return client(server, Duration.ofSeconds(10));
	}

	private KintoClient client(RawServer server, Duration timeout) {
		WebClientKintoTransport.Builder transport = WebClientKintoTransport.builder(server.url())
			.maxConnections(MAX_CONNECTIONS);
		this.library.accept(transport);
		KintoClient client = KintoClient.builder(transport.build()).timeout(timeout).retry(KintoRetry.none()).build();
		this.clients.add(client);
		return client;
	}

	private static boolean awaited(CountDownLatch latch) {
		try {
			return latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Respond as Kinto does, for any record.
	 */
	private static void answer(String request, Socket connection) throws IOException {
		if (request.startsWith("HEAD ")) {
			RawServer.write(connection, "HTTP/1.1 200 OK", "Total-Objects: 7", "ETag: \"5\"", "Content-Length: 11", "",
					"");
			return;
		}
		String target = request.split(" ")[1];
		String id = target.substring(target.lastIndexOf('/') + 1);
		write(connection, "200 OK",
				"{\"data\":{\"id\":\"" + id + "\",\"last_modified\":5,\"real\":true},\"permissions\":{}}", "");
	}

	private static String record(String id) {
		return "{\"data\":{\"id\":\"" + id + "\",\"last_modified\":5,\"deleted\":true},\"permissions\":{}}";
	}

	private static void write(Socket connection, String status, String body, String headers) throws IOException {
		RawServer.write(connection, message(status, body, headers));
	}

	private static String message(String status, String body, String headers) {
		return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: "
				+ body.getBytes(StandardCharsets.UTF_8).length + "\r\n" + headers + "\r\n" + body;
	}

	private static byte[] gzip(String text) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(text.getBytes(StandardCharsets.UTF_8));
		}
		return bytes.toByteArray();
	}

}
