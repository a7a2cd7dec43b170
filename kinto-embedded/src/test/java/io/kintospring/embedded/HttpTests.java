package io.kintospring.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for requests and connections that ordinary HTTP clients do not produce.
 */
@Timeout(60)
class HttpTests {

	private static final String RECORDS = "/buckets/b/collections/c/records";

	private static final String ALICE = "Authorization: Basic YWxpY2U6c2VjcmV0\n";

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "http://example.org:99/v1/ | http://here/v1/",
			"HTTP://example.org/v1/?a=b | http://here/v1/", "/v1/#part | http://here/v1/", "//v1/ | http://here/v1/" })
	void targetCanBeWrittenInOtherWays(String target, String url) throws IOException {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start();
				TestConnection connection = new TestConnection(server)) {
			String response = connection.send("GET " + target + " HTTP/1.1\nHost: here\n\n").read();
			assertThat(response).startsWith("HTTP/1.1 200 ").contains("\"url\":\"" + url + "\"");
		}
	}

	@Test
	void wholeUrlWithoutPathIsRedirected() throws IOException {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start();
				TestConnection connection = new TestConnection(server)) {
			String response = connection.send("GET http://example.org HTTP/1.1\nHost: here\n\n").read();
			assertThat(response).startsWith("HTTP/1.1 307 ").containsIgnoringCase("\r\nLocation: http://here/v1/\r\n");
		}
	}

	@ParameterizedTest
	@CsvSource({ "http, here:80, http://here", "http, here:, http://here", "http, here:443, http://here:443",
			"https, here:443, https://here", "https, here:80, https://here:80", "http, [::1]:80, http://[::1]",
			"http, [::80], http://[::80]" })
	void defaultPortIsNotPartOfAddresses(String scheme, String host, String origin) throws IOException {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder().setting("http_scheme", scheme).start();
				TestConnection connection = new TestConnection(server)) {
			String request = " HTTP/1.1\nHost: " + host + "\n\n";
			assertThat(connection.send("GET /v1/" + request).read()).contains("\"url\":\"" + origin + "/v1/\"");
			assertThat(connection.send("GET /buckets" + request).read())
				.containsIgnoringCase("\r\nLocation: " + origin + "/v1/buckets\r\n");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "*/* | text/html | <html> | /v1/buckets?a=1&amp;b=2;",
			"text/* | text/html | <html> | <h1>307", "nonsense | text/html | <html> | <h1>307",
			"application/json | application/json | {\"message\" | b=2",
			"text/html;q=0.1, application/*;q=0.5 | application/json | {\"message\" | \"307 Temporary Redirect\"",
			"text/html;q=0, */* | application/json | {\"message\" | b=2",
			"application/json;indent=2 | text/plain | 307 | b=2;", "image/png | text/plain | 307 | b=2;" })
	void redirectHasAcceptedFormat(String accept, String type, String start, String part) throws IOException {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			HttpResponse<String> response = new TestClient(server, "alice").send("GET", "/buckets/?a=1&b=2", "",
					"Accept", accept);
			assertThat(response.statusCode()).isEqualTo(307);
			assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(type);
			assertThat(response.body()).startsWith(start).contains(part);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "%2F", "/%2f/" })
	void redirectToPathWithoutTrailingSlashKeepsQuery(String slashes) throws IOException {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start();
				TestConnection connection = new TestConnection(server)) {
			String response = connection.send("GET /v1/buckets%s?_limit=1 HTTP/1.1\nHost: here\n\n".formatted(slashes))
				.read();
			assertThat(response).containsIgnoringCase("\r\nLocation: http://here/v1/buckets?_limit=1\r\n")
				.contains("moved to /v1/buckets?_limit=1;");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Host: a\nHost: b\n", "Host: a b\n", "Host: [::1\n", "Host: a/b\n", "Host: a@b\n" })
	void exactlyOneHostIsRequired(String hosts) throws IOException {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start();
				TestConnection connection = new TestConnection(server)) {
			assertThat(connection.send("GET /v1/ HTTP/1.1\n" + hosts + "\n").readAll()).startsWith("HTTP/1.1 400 ")
				.contains("\"errno\":107");
		}
	}

	@Test
	void hostIsOptionalInOldVersionOfHttp() throws IOException {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start();
				TestConnection connection = new TestConnection(server)) {
			assertThat(connection.send("GET /v1/ HTTP/1.0\n\n").readAll()).contains(" 200 OK\r\n");
		}
	}

	@ParameterizedTest
	@CsvSource({ "GET /v1/buckets/%zz, 403, 121", "PUT /v1/buckets/%zz, 400, 107", "GET /v1/buckets/%, 403, 121",
			"GET /v1/buckets/a|b, 403, 121", "GET /v1/a|b, 404, 111", "GET /v1/%zz, 404, 111",
			"GET /v1/buckets/%ff, 400, 107", "GET /%ff, 400, 107", "GET /v1/buckets?a=%ff, 400, 107",
			"GET /%0Aa, 404, 116", "GET /a%0DSet-Cookie:b, 404, 116", "GET /v1/buckets/a%0Ab, 403, 121" })
	void malformedPathsGetJsonResponse(String request, int status, int errno) throws IOException {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start();
				TestConnection connection = new TestConnection(server)) {
			String response = connection.send(request + " HTTP/1.1\nHost: x\n" + ALICE + "\n").read();
			assertThat(response).startsWith("HTTP/1.1 " + status + " ").contains("\"errno\":" + errno + ",");
		}
	}

	@Test
	void redirectRepeatsMalformedEscapeEncoded() throws IOException {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start();
				TestConnection connection = new TestConnection(server)) {
			String response = connection.send("GET /%zz\u00c3\u00a9 HTTP/1.1\nHost: x\n\n").read();
			assertThat(response).containsIgnoringCase("\r\nLocation: http://x/v1/%25zz%C3%A9\r\n");
		}
	}

	@Test
	void pipelinedResponsesAreInOrder() throws IOException {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start();
				TestConnection connection = new TestConnection(server)) {
			server.faults().delay(1, Duration.ofMillis(200), (requests) -> requests.path("/first"));
			connection.send("GET /v1/first HTTP/1.1\nHost: x\n\nGET /v1/ HTTP/1.1\nHost: x\n\n");
			assertThat(connection.read()).startsWith("HTTP/1.1 404 ");
			assertThat(connection.read()).startsWith("HTTP/1.1 200 ");
		}
	}

	@Test
	void manyPipelinedRequestsAreAnswered() throws IOException {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start();
				TestConnection connection = new TestConnection(server)) {
			connection.send("GET /v1/x HTTP/1.1\nHost: x\n\n".repeat(3000));
			for (int i = 0; i < 3000; i++) {
				assertThat(connection.read()).startsWith("HTTP/1.1 404 ");
			}
		}
	}

	@Test
	void connectionStaysOpenAfterHead() throws IOException {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start();
				TestConnection connection = new TestConnection(server)) {
			assertThat(connection.send("HEAD /v1/ HTTP/1.1\nHost: x\n\n").readHead()).startsWith("HTTP/1.1 200 ");
			assertThat(connection.send("GET /v1/ HTTP/1.1\nHost: x\n\n").read()).startsWith("HTTP/1.1 200 ");
		}
	}

	@Test
	void faultClosesConnectionAfterHeadWithoutAnnouncement() throws IOException {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			server.faults().closeAfterHead(true);
			try (TestConnection connection = new TestConnection(server)) {
				assertThat(connection.send("GET /v1/ HTTP/1.1\nHost: x\n\n").read()).startsWith("HTTP/1.1 200 ");
				assertThat(connection.send("HEAD /v1/ HTTP/1.1\nHost: x\n\n").readAll()).startsWith("HTTP/1.1 200 ")
					.doesNotContainIgnoringCase("\r\nConnection:");
			}
			server.faults().clear();
			try (TestConnection connection = new TestConnection(server)) {
				connection.send("HEAD /v1/ HTTP/1.1\nHost: x\n\n").readHead();
				assertThat(connection.send("GET /v1/ HTTP/1.1\nHost: x\n\n").read()).startsWith("HTTP/1.1 200 ");
			}
		}
	}

	@Test
	void idleConnectionIsClosed() throws IOException {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("embedded.idle_timeout_seconds", "1")
			.start();
				TestConnection idle = new TestConnection(server);
				TestConnection incomplete = new TestConnection(server);
				TestConnection delayed = new TestConnection(server)) {
			server.faults().delay(1, Duration.ofSeconds(2), (requests) -> requests.path("/delayed"));
			incomplete.send("GET /v1/ HTTP/1.1\nHost:");
			delayed.send("GET /v1/delayed HTTP/1.1\nHost: x\n\n");
			assertThat(idle.readAll()).isEmpty();
			assertThat(incomplete.readAll()).isEmpty();
			assertThat(delayed.read()).startsWith("HTTP/1.1 404 ");
		}
	}

	@Test
	void closeClosesIdleConnections() throws IOException {
		EmbeddedKintoServer server = EmbeddedKintoServer.start();
		List<TestConnection> connections = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			TestConnection connection = new TestConnection(server);
			connections.add(connection);
			if (i % 2 == 0) {
				connection.send("GET /v1/ HTTP/1.1\nHost: x\n\n").read();
			}
		}
		server.close();
		for (TestConnection connection : connections) {
			assertThat(isClosed(connection)).isTrue();
			connection.close();
		}
	}

	private static boolean isClosed(TestConnection connection) throws IOException {
		try {
			return connection.readAll().isEmpty();
		}
		catch (java.net.SocketException ex) {
			return true;
		}
	}

	@Test
	void goneClientIsNotLogged() throws IOException {
		PrintStream err = System.err;
		ByteArrayOutputStream log = new ByteArrayOutputStream();
		System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			TestClient alice = createRecords(server, 4, 4_000_000);
			for (int i = 0; i < 5; i++) {
				TestConnection connection = new TestConnection(server);
				connection.send("GET /v1" + RECORDS + " HTTP/1.1\nHost: x\n" + ALICE + "\n").readHead();
				connection.reset();
				TestConnection other = new TestConnection(server);
				other.send("PUT /v1/buckets/d HTTP/1.1\nHost: x\nContent-Length: 100\n\n{");
				other.reset();
			}
			assertThat(alice.send("GET", RECORDS, "").statusCode()).isEqualTo(200);
		}
		finally {
			System.setErr(err);
		}
		assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("ERROR").doesNotContain("WARN");
	}

	@Test
	void tooLargeResponseFails() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("embedded.max_response_bytes", "100000")
			.start()) {
			TestClient alice = createRecords(server, 3, 40_000);
			assertThat(TestClient.error(alice.send("GET", RECORDS, ""))).isEqualTo("507 999");
			assertThat(alice.send("GET", RECORDS + "?_limit=2", "").statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "postgresql", "memory" })
	void tooLargeBatchFailsAsWhole(String backend) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("embedded.max_response_bytes", "100000")
			.setting("storage_backend", "kinto.core.storage." + backend)
			.start()) {
			TestClient alice = createRecords(server, 3, 40_000);
			String gets = IntStream.range(0, 3)
				.mapToObj((i) -> "{\"path\":\"%s/r%d\"}".formatted(RECORDS, i))
				.collect(Collectors.joining(","));
			String put = "{\"method\":\"PUT\",\"path\":\"%s/new\"},".formatted(RECORDS);
			assertThat(TestClient.error(alice.send("POST", "/batch", "{\"requests\":[" + put + gets + "]}")))
				.isEqualTo("507 999");
			assertThat(alice.send("GET", RECORDS + "/new", "").statusCode()).isEqualTo(404);
		}
	}

	@ParameterizedTest
	@CsvSource({ "PUT, /buckets/b, postgresql", "PATCH, /buckets/b, postgresql", "POST, /buckets, postgresql",
			"PUT, /buckets/b, memory", "PATCH, /buckets/b, memory", "POST, /buckets, memory" })
	void writeWithTooLargeResponseChangesNothing(String method, String path, String backend) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("embedded.max_response_bytes", "100000")
			.setting("storage_backend", "kinto.core.storage." + backend)
			.start()) {
			TestClient alice = new TestClient(server, "alice");
			String fields = IntStream.range(0, 2)
				.mapToObj((i) -> "\"f%d\":\"%s\"".formatted(i, "x".repeat(49_800)))
				.collect(Collectors.joining(","));
			assertThat(alice.send("PUT", "/buckets/b", "{\"data\":{%s}}".formatted(fields)).statusCode())
				.isEqualTo(201);
			String before = alice.get("/buckets").toString();
			String body = "{\"data\":{\"more\":\"%s\"%s}}".formatted("x".repeat(1000),
					method.equals("PATCH") ? "" : "," + fields);
			HttpResponse<String> response = alice.send(method, path, body);
			assertThat(TestClient.error(response)).isEqualTo("507 999");
			assertThat(alice.get("/buckets").toString()).isEqualTo(before);
		}
	}

	@Test
	void batchWithMuchTooLargeResponseIsAnswered() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			TestClient alice = createRecords(server, 1, 15_000_000);
			String gets = "{\"path\":\"%s/r0\"},".formatted(RECORDS).repeat(24) + "{\"path\":\"/\"}";
			assertThat(TestClient.error(alice.send("POST", "/batch", "{\"requests\":[" + gets + "]}")))
				.isEqualTo("507 999");
			assertThat(alice.send("GET", RECORDS + "/r0", "").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void bodyIsLimitedWithoutItsLength() throws IOException {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("embedded.max_body_bytes", "1000")
			.start(); TestConnection connection = new TestConnection(server)) {
			connection.send("PUT /v1/buckets/b HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n");
			connection.send("400\n" + "x".repeat(1024) + "\n0\n\n");
			assertThat(connection.read()).startsWith("HTTP/1.1 413 ").contains("\"errno\":113");
			assertThat(connection.send("GET /v1/ HTTP/1.1\nHost: x\n\n").read()).startsWith("HTTP/1.1 200 ");
		}
	}

	@Test
	void unknownExpectationHasNoEffect() throws IOException {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start();
				TestConnection connection = new TestConnection(server)) {
			server.faults().delay(1, Duration.ofMillis(200), (requests) -> requests.path("/first"));
			connection.send("GET /v1/first HTTP/1.1\nHost: x\n\nGET /v1/ HTTP/1.1\nHost: x\nExpect: x\n\n");
			assertThat(connection.read()).startsWith("HTTP/1.1 404 ");
			assertThat(connection.read()).startsWith("HTTP/1.1 200 ");
		}
	}

	@Test
	void tooLargeBodyIsNotAskedFor() throws IOException {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start();
				TestConnection connection = new TestConnection(server)) {
			connection.send("PUT /v1/buckets/b HTTP/1.1\nHost: x\nExpect: 100-continue\nContent-Length: 99999999\n\n");
			assertThat(connection.readAll()).startsWith("HTTP/1.1 413 ").contains("\"errno\":113");
		}
	}

	@Test
	void pipelinedRequestsDoNotFillMemory() throws IOException {
		String request = "PUT /v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000);
		ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1));
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start();
				SocketChannel client = SocketChannel
					.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
				Selector selector = Selector.open()) {
			server.faults().delay(1, Duration.ofMinutes(1), (requests) -> requests);
			client.configureBlocking(false);
			client.register(selector, SelectionKey.OP_WRITE);
			long sent = 0;
			// the client can no longer send when the server stops to read
			while (selector.select(1000) > 0 && sent < 100_000_000) {
				selector.selectedKeys().clear();
				sent += client.write(bytes);
				if (!bytes.hasRemaining()) {
					bytes.rewind();
				}
			}
			assertThat(sent).isLessThan(50_000_000);
		}
	}

	@Test
	void droppedConnectionHasNoResponse() throws IOException {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start();
				TestConnection connection = new TestConnection(server)) {
			server.faults().dropConnection(1, (requests) -> requests);
			connection.send("GET /v1/ HTTP/1.1\nHost: x\n\n");
			assertThatExceptionOfType(IOException.class).isThrownBy(connection::readHead);
		}
	}

	private static TestClient createRecords(EmbeddedKintoServer server, int count, int size) {
		TestClient alice = new TestClient(server, "alice");
		alice.send("PUT", "/buckets/b", "");
		alice.send("PUT", "/buckets/b/collections/c", "");
		for (int i = 0; i < count; i++) {
			String body = "{\"data\":{\"text\":\"%s\"}}".formatted("x".repeat(size));
			assertThat(alice.send("PUT", RECORDS + "/r" + i, body).statusCode()).isEqualTo(201);
		}
		return alice;
	}

}
