package io.kintospring.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import io.kintospring.KintoNotSentException;
import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoRetry;
import io.kintospring.KintoSignal;
import io.kintospring.KintoTransportException;
import io.kintospring.KintoUnavailableException;
import io.kintospring.KintoUrl;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.Flavour;
import io.kintospring.template.KintoOperations;
import io.kintospring.template.KintoPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for a server that responds, or does not, with both templates.
 */
@ParameterizedClass
@EnumSource
@Timeout(20)
class WireTests {

	private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

	private static final String GET = "getRecord GET /buckets/b/collections/c/records/x: ";

	private static final String NOT_SENT = "getRecord GET /buckets/b/collections/c/records/x was not sent: ";

	private static final String RECORD = "{\"data\":{\"id\":\"x\",\"last_modified\":5,\"title\":\"T\"}}";

	@Parameter
	private Flavour flavour;

	private final List<KintoSignal> signals = new CopyOnWriteArrayList<>();

	private Duration timeout = Duration.ofSeconds(5);

	private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

	private KintoAuthentication authentication = KintoAuthentication.none();

	private int maxInMemorySize;

	@Test
	void requestIsSentUnchanged() throws IOException {
		try (RawServer server = RawServer.answering(ok(RECORD, "ETag: \"5\""))) {
			this.authentication = KintoAuthentication.bearer("token");
			records(server).create(Map.of("title", "\u00dc"));
			assertThat(server.requests()).hasSize(1)
				.first()
				.asString()
				.startsWith("PUT /v1/buckets/b/collections/c/records/")
				.containsIgnoringCase("\r\nIf-None-Match: *\r\n")
				.containsIgnoringCase("\r\nContent-Type: application/json\r\n")
				.containsIgnoringCase("\r\nContent-Length: 23\r\n")
				.containsIgnoringCase("\r\nAccept: application/json\r\n")
				.containsIgnoringCase("\r\nAuthorization: Bearer token\r\n")
				.endsWith("\r\n\r\n{\"data\":{\"title\":\"\u00dc\"}}");
		}
	}

	@Test
	void queryIsNotEncodedTwice() throws IOException {
		try (RawServer server = RawServer.answering(ok("{\"data\":[]}", "ETag: \"5\""))) {
			records(server).list((q) -> q.filter("eq_a", "{\"x\":\"a+b&\u00fc %\"}"));
			assertThat(server.requests().get(0)).startsWith(
					"GET /v1/buckets/b/collections/c/records?eq_a=%7B%22x%22%3A%22a%2Bb%26%C3%BC%20%25%22%7D HTTP/1.1\r\n");
		}
	}

	@Test
	void serverInfoIsRequestedWithASlash() throws IOException {
		try (RawServer server = RawServer.answering(ok("{\"http_api_version\":\"1.23\"}"))) {
			assertThat(template(server.url()).fetchServerInfo().httpApiVersion()).hasToString("1.23");
			assertThat(server.requests().get(0)).startsWith("GET /v1/ HTTP/1.1\r\n");
		}
	}

	@Test
	void preconditionIsSentInQuotes() throws IOException {
		try (RawServer server = RawServer.answering(ok(RECORD))) {
			KintoObject<Map<String, Object>> read = records(server).get("x");
			records(server).update(read);
			assertThat(server.requests().get(1)).containsIgnoringCase("\r\nIf-Match: \"5\"\r\n");
		}
	}

	@Test
	void versionChangedByAProxyIsSentAsKintoKnowsIt() throws IOException {
		try (RawServer server = RawServer.answering(ok(RECORD, "ETag: W/\"5-gzip\""))) {
			records(server).update(records(server).get("x"));
			assertThat(server.requests().get(1)).containsIgnoringCase("\r\nIf-Match: \"5\"\r\n");
		}
		try (RawServer server = RawServer.answering(ok("{\"data\":[]}", "ETag: W/\"5-gzip\""))) {
			records(server).listIfChanged(records(server).list().timestamp());
			assertThat(server.requests().get(1)).containsIgnoringCase("\r\nIf-None-Match: \"5\"\r\n");
		}
	}

	@Test
	void backoffIsPublished() throws IOException {
		try (RawServer server = RawServer.answering(ok(RECORD, "Backoff: 30"))) {
			assertThat(records(server).get("x").data()).containsEntry("title", "T");
			await().untilAsserted(() -> assertThat(this.signals)
				.containsExactly(new KintoSignal.Backoff(Duration.ofSeconds(30), NOW.plusSeconds(30))));
		}
	}

	@Test
	void alertIsPublished() throws IOException {
		try (RawServer server = RawServer
			.answering(ok(RECORD, "Alert: {\"code\":\"soft-eol\",\"message\":\"Move\",\"url\":\"https://x\"}"))) {
			assertThat(records(server).get("x").data()).containsEntry("title", "T");
			await().untilAsserted(() -> assertThat(this.signals)
				.containsExactly(new KintoSignal.Deprecation("soft-eol", "Move", "https://x")));
		}
	}

	@Test
	void retryAfterInSecondsIsReported() throws IOException {
		try (RawServer server = RawServer.answering("HTTP/1.1 503 Service Unavailable", "Retry-After: 7",
				"Content-Type: application/json", "Content-Length: 31", "",
				"{\"errno\":201,\"message\":\"Backend\"}".substring(0, 31))) {
			KintoUnavailableException ex = fails(KintoUnavailableException.class, server);
			assertThat(ex.retryAfter()).isEqualTo(Duration.ofSeconds(7));
			await().untilAsserted(() -> assertThat(this.signals)
				.containsExactly(new KintoSignal.RetryAfter(Duration.ofSeconds(7), NOW.plusSeconds(7))));
		}
	}

	@Test
	void retryAfterDateIsReported() throws IOException {
		Instant until = Instant.now().plusSeconds(3600);
		this.clock = Clock.systemUTC();
		String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(until.atZone(ZoneOffset.UTC));
		try (RawServer server = RawServer.answering("HTTP/1.1 503 Service Unavailable", "Retry-After: " + date,
				"Content-Length: 0", "", "")) {
			KintoUnavailableException ex = fails(KintoUnavailableException.class, server);
			assertThat(ex).hasMessage(GET + "503 Service Unavailable");
			assertThat(ex.retryAfter()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
			await().untilAsserted(() -> assertThat(this.signals).hasSize(1));
			assertThat(this.signals).singleElement()
				.isInstanceOfSatisfying(KintoSignal.RetryAfter.class, (signal) -> assertThat(signal.releaseTime())
					.isBetween(until.minusSeconds(2), until.plusSeconds(1)));
		}
	}

	@Test
	void emptyBadGatewayIsAnError() throws IOException {
		try (RawServer server = RawServer.answering("HTTP/1.1 502 Bad Gateway", "Content-Length: 0", "", "")) {
			KintoResponseException ex = fails(KintoResponseException.class, server);
			assertThat(ex).hasMessage(GET + "502 Bad Gateway");
			assertThat(ex.status()).isEqualTo(502);
		}
	}

	@Test
	void htmlBadGatewayIsAnError() throws IOException {
		try (RawServer server = RawServer.answering("HTTP/1.1 502 Bad Gateway", "Content-Type: text/html",
				"Connection: close", "", "<html>\n<h1>nginx</h1>")) {
			assertThat(fails(KintoResponseException.class, server)).hasMessage(
					GET + "502 Bad Gateway; the response is not from Kinto, but text/html (see response().body(),"
							+ " limited to 16 KiB)");
		}
	}

	@Test
	void successfulHtmlResponseIsAnError() throws IOException {
		try (RawServer server = RawServer.answering("HTTP/1.1 200 OK", "Content-Type: text/html", "Connection: close",
				"", "<html>Log in</html>")) {
			KintoResponseException ex = fails(KintoResponseException.class, server);
			assertThat(ex)
				.hasMessageStartingWith(GET + "the response (200, text/html) cannot be read as record of Map: ");
			assertThat(ex.status()).isEqualTo(200);
		}
	}

	@Test
	void invalidContentTypeIsIgnored() throws IOException {
		try (RawServer server = RawServer.answering("HTTP/1.1 200 OK", "Content-Type: nonsense", "Connection: close",
				"", RECORD)) {
			assertThat(records(server).get("x").id()).isEqualTo("x");
		}
	}

	@Test
	void compressedResponseIsRead() throws IOException {
		try (RawServer server = answeringCompressed(RECORD)) {
			assertThat(records(server).get("x").id()).isEqualTo("x");
			assertThat(server.requests().get(0)).containsIgnoringCase("\r\nAccept-Encoding: gzip");
		}
	}

	/**
	 * Return a server whose response is a few hundred bytes at most.
	 */
	private static RawServer answeringCompressed(String body) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(body.getBytes(StandardCharsets.UTF_8));
		}
		return new RawServer((request, connection) -> {
			connection.getOutputStream()
				.write(("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bytes.size() + "\r\n\r\n")
					.getBytes(StandardCharsets.UTF_8));
			connection.getOutputStream().write(bytes.toByteArray());
		});
	}

	@Test
	void truncatedResponseIsATransportException() throws IOException {
		try (RawServer server = RawServer.answering("HTTP/1.1 200 OK", "Content-Length: 5000", "", RECORD)) {
			assertThat(fails(KintoTransportException.class, server)).hasMessage(GET + "no complete response from "
					+ server.url() + ": Connection prematurely closed DURING response");
		}
	}

	@Test
	void truncatedChunkedResponseIsATransportException() throws IOException {
		try (RawServer server = RawServer.answering("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "a",
				RECORD.substring(0, 10), "")) {
			assertThat(fails(KintoTransportException.class, server)).hasMessage(GET + "no complete response from "
					+ server.url() + ": Connection prematurely closed DURING response");
		}
	}

	@Test
	void truncatedHeadersAreATransportException() throws IOException {
		try (RawServer server = RawServer.answering("HTTP/1.1 200 OK", "Content-Le")) {
			assertThat(fails(KintoTransportException.class, server)).hasMessageStartingWith(GET);
		}
	}

	@Test
	void invalidHttpIsATransportException() throws IOException {
		try (RawServer server = RawServer.answering("SSH-2.0-OpenSSH_9.2", "", "")) {
			assertThat(fails(KintoTransportException.class, server)).hasMessageStartingWith(GET);
		}
	}

	@Test
	void missingResponseTimesOut() throws IOException {
		this.timeout = Duration.ofMillis(300);
		try (RawServer server = new RawServer(WireTests::waitForTheClient)) {
			assertThat(fails(KintoTransportException.class, server)).hasMessage(GET + "no response within 300 ms")
				.hasCauseInstanceOf(TimeoutException.class);
		}
	}

	@Test
	void stalledResponseTimesOut() throws IOException {
		this.timeout = Duration.ofMillis(300);
		try (RawServer server = new RawServer((request, connection) -> {
			connection.getOutputStream()
				.write("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"data\":".getBytes(StandardCharsets.UTF_8));
			waitForTheClient(request, connection);
		})) {
			assertThat(fails(KintoTransportException.class, server)).hasMessage(GET + "no response within 300 ms");
		}
	}

	@Test
	void refusedConnectionIsATransportException() throws IOException {
		try (RefusingPort port = new RefusingPort()) {
			assertThat(fails(KintoNotSentException.class, port.url()))
				.hasMessageStartingWith(NOT_SENT + "could not connect to " + port.url() + ": ")
				.hasMessageContaining("Connection refused");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void requestIsSentOnceIfRetriesAreOff(boolean reset) throws IOException {
		try (RawServer server = new RawServer((request, connection) -> {
			if (reset) {
				connection.setSoLinger(true, 0);
			}
		})) {
			for (Runnable write : List.<Runnable>of(() -> records(server).create(Map.of()),
					() -> records(server).replace("x", Map.of()), () -> records(server).delete("x"),
					() -> records(server).get("x"))) {
				server.requests().clear();
				assertThatExceptionOfType(KintoTransportException.class).isThrownBy(write::run)
					.withMessageContaining(": no complete response from " + server.url() + ": ")
					.withMessageContaining(
							reset ? "Connection reset" : "Connection prematurely closed BEFORE response");
				assertThat(server.requests()).hasSize(1);
			}
		}
	}

	@Test
	void redirectIsNotFollowed() throws IOException {
		try (RawServer elsewhere = RawServer.answering(ok(RECORD));
				RawServer server = RawServer.answering("HTTP/1.1 307 Temporary Redirect",
						"Location: " + elsewhere.url() + "/buckets/b/collections/c/records/x",
						"Content-Type: application/json", "Content-Length: 35", "",
						"{\"code\":\"307 Temporary Redirect\"}  ")) {
			KintoResponseException ex = fails(KintoResponseException.class, server);
			assertThat(ex.status()).isEqualTo(307);
			assertThat(ex).hasMessageContaining("redirects are not followed");
			assertThat(server.requests()).hasSize(1);
			assertThat(elsewhere.requests()).isEmpty();
		}
	}

	@Test
	void nextPageIsFetchedFromTheSameServer() throws IOException {
		try (RawServer elsewhere = RawServer.answering(ok("{\"data\":[]}", "ETag: \"5\""));
				RawServer server = RawServer
					.answering(ok("{\"data\":[]}", "ETag: \"5\"", "Next-Page: " + elsewhere.url() + "/x?_token=t"))) {
			this.authentication = KintoAuthentication.bearer("token");
			KintoPage<Map<String, Object>> page = records(server).list();
			assertThat(page.hasNext()).isTrue();
			assertThatExceptionOfType(KintoResponseException.class).isThrownBy(page::next);
			assertThat(server.requests()).hasSize(2);
			assertThat(server.requests().get(1))
				.startsWith("GET /v1/buckets/b/collections/c/records?_token=t HTTP/1.1\r\n");
			assertThat(elsewhere.requests()).isEmpty();
		}
	}

	@Test
	void pageOfTenMegabytesIsReadWithTheDefaults() throws IOException {
		String record = "{\"id\":\"x\",\"last_modified\":5,\"title\":\"" + "t".repeat(1000) + "\"}";
		int count = 10 * 1024 * 1024 / record.length() + 1;
		String body = "{\"data\":[" + (record + ",").repeat(count - 1) + record + "]}";
		try (RawServer server = RawServer.answering(ok(body, "ETag: \"5\""))) {
			assertThat(records(server).list().data()).hasSize(count);
		}
	}

	@Test
	void recordOfThreeHundredKilobytesIsWrittenAndReadWithTheDefaults() throws IOException {
		String text = "\u00fc".repeat(150 * 1024);
		try (RawServer server = RawServer.answering(ok(RECORD.replace("T", text)))) {
			assertThat(records(server).replace("x", Map.of("title", text)).data()).containsEntry("title", text);
			assertThat(server.requests().get(0)).endsWith("\r\n\r\n{\"data\":{\"title\":\"" + text + "\"}}");
		}
	}

	/**
	 * Consecutive characters differ, so that lost, duplicated or swapped bytes at the
	 * boundaries of pieces are detected.
	 */
	@Test
	void largeRecordIsReadWithAndWithoutContentLength() throws IOException {
		String text = IntStream.range(0, 700_000).mapToObj((i) -> i + "\u20ac").collect(Collectors.joining());
		for (String[] answer : toldAndUntold(RECORD.replace("T", text))) {
			try (RawServer server = RawServer.answering(answer)) {
				assertThat(records(server).get("x").data().get("title")).isEqualTo(text);
			}
		}
	}

	/**
	 * A piece of a body has at most 480 KiB.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 480 * 1024 - 1, 480 * 1024, 480 * 1024 + 1, 960 * 1024, 960 * 1024 + 1 })
	void recordIsReadForEveryLengthOfItsLastPiece(int length) throws IOException {
		String text = "t".repeat(length - RECORD.length() + 1);
		for (String[] answer : toldAndUntold(RECORD.replace("T", text))) {
			try (RawServer server = RawServer.answering(answer)) {
				this.maxInMemorySize = length;
				assertThat(records(server).get("x").data().get("title")).isEqualTo(text);
				this.maxInMemorySize = length - 1;
				assertThat(fails(KintoTransportException.class, server))
					.hasMessageContaining("the response has more than " + (length - 1) + " bytes");
			}
		}
	}

	@Test
	void bodyOfALargeErrorIsTruncated() throws IOException {
		String page = "<html>" + "e".repeat(2 * 1024 * 1024);
		try (RawServer server = RawServer.answering("HTTP/1.1 502 Bad Gateway", "Connection: close", "", page)) {
			assertThat(fails(KintoResponseException.class, server)).hasMessageContaining("502 Bad Gateway")
				.hasMessageNotContaining("<html>eee")
				.satisfies((ex) -> assertThat(ex.response().body()).startsWith("<html>eee").hasSize(16 * 1024))
				.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(2000));
		}
	}

	@Test
	void nextPageOfThirtyKilobytesIsRead() throws IOException {
		String token = "t".repeat(30_000);
		try (RawServer server = RawServer
			.answering(ok("{\"data\":[]}", "ETag: \"5\"", "Next-Page: http://h/v1/x?_token=" + token))) {
			KintoPage<Map<String, Object>> page = records(server).list();
			assertThatExceptionOfType(KintoResponseException.class).isThrownBy(page::next)
				.withMessageEndingWith("the header 'Next-Page' points to an earlier page, so the list would never end");
			assertThat(server.requests().get(1)).contains("?_token=" + token + " HTTP/1.1");
		}
	}

	@Test
	void tooLargeResponseNamesTheLimit() throws IOException {
		this.maxInMemorySize = 1000;
		String record = RECORD.replace("T", "t".repeat(1000));
		for (RawServer started : List.of(RawServer.answering(ok(record)), answeringCompressed(record))) {
			try (RawServer server = started) {
				assertThat(fails(KintoTransportException.class, server))
					.hasMessage(GET + "the response has more than 1000 bytes: request smaller pages,"
							+ " or raise maxInMemorySize (kinto.max-in-memory-size)");
				assertThat(server.requests()).hasSize(1);
			}
		}
	}

	@Test
	void tooLongHeaderNamesTheLimit() throws IOException {
		try (RawServer server = RawServer.answering(ok(RECORD, "X-Long: " + "x".repeat(70_000)))) {
			assertThat(fails(KintoTransportException.class, server)).hasMessageContaining("65536");
			assertThat(server.requests()).hasSize(1);
		}
	}

	private static void waitForTheClient(String request, Socket connection) throws IOException {
		connection.getInputStream().read();
	}

	private static String[] ok(String body, String... headers) {
		return new String[] { "HTTP/1.1 200 OK", "Content-Type: application/json",
				"Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\nConnection: close"
						+ ((headers.length == 0) ? "" : "\r\n" + String.join("\r\n", headers)),
				"", body };
	}

	/**
	 * Return the response with its length, and as one that ends with the connection.
	 */
	private static List<String[]> toldAndUntold(String body) {
		String[] told = ok(body);
		String[] untold = told.clone();
		untold[2] = "Connection: close";
		return List.of(told, untold);
	}

	private <T extends Throwable> T fails(Class<T> type, RawServer server) {
		return fails(type, server.url());
	}

	private <T extends Throwable> T fails(Class<T> type, KintoUrl url) {
		T ex = catchThrowableOfType(type, () -> records(url).get("x"));
		assertThat(ex).as("an exception").isNotNull();
		return ex;
	}

	private CollectionOperations<Map<String, Object>> records(RawServer server) {
		return records(server.url());
	}

	private CollectionOperations<Map<String, Object>> records(KintoUrl url) {
		return template(url).bucket("b").collection("c");
	}

	private KintoOperations template(KintoUrl url) {
		WebClientKintoTransport.Builder transport = WebClientKintoTransport.builder(url);
		if (this.maxInMemorySize > 0) {
			transport.maxInMemorySize(this.maxInMemorySize);
		}
		KintoClient client = KintoClient.builder(transport.build())
			.timeout(this.timeout)
			.clock(this.clock)
			.authentication(this.authentication)
			.signalListener((signal, server) -> this.signals.add(signal))
			.retry(KintoRetry.none())
			.build();
		return this.flavour.template(client, new KintoCalls(new JsonMapper(), KintoOptions.of(), "default"));
	}

}
