package io.kintospring.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import io.kintospring.KintoAttachment;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoRetry;
import io.kintospring.KintoTransportException;
import io.kintospring.protocol.CollectionCalls;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoDownload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Tests for transfers on connections that stall, end early or do not end. The result is
 * the file or an error, and later calls get their connections.
 */
@ParameterizedClass
@EnumSource
@Timeout(30)
class TransferWireTests {

	private static final CollectionCalls<Map<String, Object>> RECORDS = Calls.KINTO.bucket("b").collection("c");

	private static final int MAX_CONNECTIONS = 2;

	/**
	 * Bodies that are empty, too large, invalid gzip, or truncated.
	 */
	private static final String REFUSALS = """
			Content-Length: 0|
			Content-Length: 500000000|hello
			Content-Encoding: gzip;Content-Length: 5|hello
			Content-Length: 6|hello
			""";

	@Parameter
	private TestLibrary library;

	private final List<KintoClient> clients = new ArrayList<>();

	@AfterEach
	void close() {
		this.clients.forEach(KintoClient::close);
	}

	/**
	 * A file with an unexpected length must neither be truncated nor waited for.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 99_999, 100_001, 300_000 })
	void uploadFailsImmediatelyIfTheLengthDiffers(int length) throws IOException {
		CountDownLatch ended = new CountDownLatch(1);
		try (RawServer server = RawServer.keepAlive((request, connection) -> {
			if (request.startsWith("POST ")) {
				ended.countDown();
			}
			answer(request, connection);
		})) {
			KintoClient client = client(server, Duration.ofSeconds(20));
			client.blocking().execute(Calls.KINTO.fetchServerInfo());
			KintoCall<KintoAttachment> upload = RECORDS.attachments()
				.add("r", new FileOfOtherLength(length, 100_000), (u) -> u.filename("a.bin"));
			long start = System.nanoTime();
			assertThatExceptionOfType(KintoTransportException.class).isThrownBy(() -> client.blocking().execute(upload))
				.withMessageContaining("a file that changes")
				.withMessageContaining("bytes, but has ");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
			assertThat(ended.getCount()).as("complete uploads").isEqualTo(1);
			assertThat(client.blocking().execute(RECORDS.get("r")).id()).isEqualTo("r");
		}
	}

	/**
	 * Kinto's storage serves a file unchanged, but web servers mark it as compressed.
	 */
	@Test
	void compressedFileIsDownloadedUnchanged() throws IOException {
		byte[] file = gzip("hello");
		try (RawServer server = serving((connection) -> {
			RawServer.write(connection, "HTTP/1.1 200 OK", "Content-Encoding: gzip", "Content-Length: " + file.length,
					"", "");
			RawServer.write(connection, file);
		})) {
			KintoClient client = client(server, Duration.ofSeconds(5));
			assertThat(read(client, download(file))).isEqualTo(file);
			assertThat(DataBufferUtils.join(client.download(download(file))).map(TransferWireTests::bytes).block())
				.isEqualTo(file);
			assertThat(server.requests().get(1)).containsIgnoringCase("\r\nAccept-Encoding: identity\r\n");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void stalledDownloadReleasesItsConnection(boolean goesOn) throws IOException {
		CountDownLatch failed = new CountDownLatch(1);
		try (RawServer server = serving((connection) -> {
			RawServer.write(connection, "HTTP/1.1 200 OK", "Content-Length: 1000000", "", "");
			RawServer.write(connection, new byte[10_000]);
			if (goesOn) {
				awaited(failed);
				RawServer.write(connection, new byte[990_000]);
			}
			else {
				connection.getInputStream().read();
			}
		})) {
			KintoClient client = client(server, Duration.ofMillis(300));
			KintoDownload download = download(new byte[1_000_000]);
			for (int i = 0; i < 2 * MAX_CONNECTIONS; i++) {
				assertThatExceptionOfType(KintoTransportException.class).isThrownBy(() -> read(client, download))
					.withMessageContaining("nothing was transferred for 300 ms");
				assertThat(
						catchThrowable(() -> client.download(download).doOnNext(DataBufferUtils::release).blockLast()))
					.isInstanceOf(KintoTransportException.class);
			}
			failed.countDown();
			assertThat(client.blocking().execute(RECORDS.get("r")).id()).isEqualTo("r");
		}
	}

	@Test
	void closedDownloadReleasesItsConnection() throws IOException {
		try (RawServer server = serving((connection) -> {
			RawServer.write(connection, "HTTP/1.1 200 OK", "Content-Length: 1000000", "", "");
			RawServer.write(connection, new byte[10_000]);
			connection.getInputStream().read();
		})) {
			KintoClient client = client(server, Duration.ofSeconds(10));
			for (int i = 0; i < 2 * MAX_CONNECTIONS; i++) {
				try (InputStream file = client.blocking().download(download(new byte[1_000_000]))) {
					assertThat(file.read()).isZero();
				}
			}
			assertThat(client.blocking().execute(RECORDS.get("r")).id()).isEqualTo("r");
		}
	}

	/**
	 * Also a file that is larger than announced or compressed.
	 */
	@Test
	void endlessDownloadIsReadUpToTheFileSize() throws IOException {
		try (RawServer server = serving((connection) -> {
			RawServer.write(connection, "HTTP/1.1 200 OK", "Connection: close", "", "");
			while (true) {
				RawServer.write(connection, new byte[10_000]);
			}
		})) {
			KintoClient client = client(server, Duration.ofSeconds(10));
			KintoDownload download = download(new byte[100_000]);
			assertThatExceptionOfType(KintoTransportException.class).isThrownBy(() -> read(client, download))
				.withMessageContaining("the response has more bytes than the 100000 of the uploaded file");
			assertThat(catchThrowable(() -> client.download(download).doOnNext(DataBufferUtils::release).blockLast()))
				.isInstanceOf(KintoTransportException.class);
			assertThat(client.blocking().execute(RECORDS.get("r")).id()).isEqualTo("r");
		}
	}

	@Test
	void interruptionEndsAWaitingDownload() throws Exception {
		CountDownLatch received = new CountDownLatch(1);
		try (RawServer server = serving((connection) -> {
			RawServer.write(connection, "HTTP/1.1 200 OK", "Content-Length: 1000000", "", "x");
			connection.getInputStream().read();
		})) {
			KintoClient client = client(server, Duration.ofSeconds(20));
			CompletableFuture<Throwable> failure = new CompletableFuture<>();
			CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
			Thread thread = new Thread(() -> {
				failure.complete(catchThrowable(() -> {
					InputStream file = client.blocking().download(download(new byte[1_000_000]));
					assertThat(file.read()).isEqualTo('x');
					received.countDown();
					file.read();
				}));
				interrupted.complete(Thread.currentThread().isInterrupted());
			});
			thread.start();
			awaited(received);
			thread.interrupt();
			assertThat(failure).succeedsWithin(Duration.ofSeconds(5))
				.satisfies((ex) -> assertThat(ex).isInstanceOf(KintoTransportException.class)
					.hasMessageContaining("interrupted while waiting"));
			assertThat(interrupted).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(true);
			if (this.library != TestLibrary.JDK) {
				// the JDK's client keeps the connection open
				await().until(() -> IntStream.range(0, server.connections()).anyMatch(server::isClosedByTheClient));
			}
		}
	}

	@Test
	void closingTheClientEndsTransfers() throws Exception {
		CountDownLatch begun = new CountDownLatch(2);
		try (RawServer server = RawServer.keepAlive((request, connection) -> {
			if (request.contains("/files/")) {
				RawServer.write(connection, "HTTP/1.1 200 OK", "Content-Length: 1000000", "", "x");
				begun.countDown();
				connection.getInputStream().read();
			}
			else if (request.startsWith("POST ")) {
				begun.countDown();
				connection.getInputStream().read();
			}
			else {
				answer(request, connection);
			}
		})) {
			KintoClient client = client(server, Duration.ofSeconds(20));
			CompletableFuture<?> upload = client
				.execute(RECORDS.attachments()
					.add("r", new ByteArrayResource(new byte[100]), (u) -> u.filename("a.bin")))
				.toFuture();
			CompletableFuture<?> download = client.download(download(new byte[1_000_000]))
				.doOnNext(DataBufferUtils::release)
				.then()
				.toFuture();
			awaited(begun);
			client.close();
			for (CompletableFuture<?> transfer : List.of(upload, download)) {
				assertThat(transfer).failsWithin(Duration.ofSeconds(5))
					.withThrowableOfType(ExecutionException.class)
					.havingCause()
					.isExactlyInstanceOf(KintoTransportException.class)
					.withMessageEndingWith("was not completed: the client is closed");
			}
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = REFUSALS)
	void rejectedDownloadKeepsItsStatus(String headers, @Nullable String body) throws IOException {
		try (RawServer server = serving((connection) -> refuse(connection, headers, Objects.toString(body, "")))) {
			KintoClient client = client(server, Duration.ofSeconds(10));
			KintoDownload download = download(new byte[5]);
			for (int i = 0; i < MAX_CONNECTIONS; i++) {
				for (Throwable failure : List.of(catchThrowable(() -> read(client, download)), catchThrowable(
						() -> client.download(download).doOnNext(DataBufferUtils::release).blockLast()))) {
					assertThat(failure).isInstanceOf(KintoNotFoundException.class)
						.hasMessageStartingWith("downloadAttachment GET a.bin: 404 Not Found");
				}
			}
			assertThat(client.blocking().execute(RECORDS.get("r")).id()).isEqualTo("r");
		}
	}

	/**
	 * A server announces the new base URL of moved files in its server information.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = REFUSALS)
	void movedFileIsFoundAtItsNewBaseUrl(String headers, @Nullable String body) throws IOException {
		List<String> folders = List.of("/old/", "/new/");
		int[] current = new int[1];
		try (RawServer server = RawServer.keepAlive((request, connection) -> {
			String folder = folders.get(current[0]);
			if (request.startsWith("GET /v1/ ")) {
				write(connection, info("base_url", "http://" + host(request) + folder));
			}
			else if (request.startsWith("GET " + folder + "a.bin ")) {
				RawServer.write(connection, "HTTP/1.1 200 OK", "Content-Length: 5", "", "hello");
			}
			else {
				refuse(connection, headers, Objects.toString(body, ""));
			}
		})) {
			KintoClient client = client(server, Duration.ofSeconds(10));
			byte[] file = "hello".getBytes(StandardCharsets.UTF_8);
			assertThat(read(client, download(file))).isEqualTo(file);
			current[0] = 1;
			assertThat(read(client, download(file))).isEqualTo(file);
			current[0] = 0;
			assertThat(DataBufferUtils.join(client.download(download(file))).map(TransferWireTests::bytes).block())
				.isEqualTo(file);
		}
	}

	private KintoClient client(RawServer server, Duration timeout) {
		WebClientKintoTransport.Builder transport = WebClientKintoTransport.builder(server.url())
			.maxConnections(MAX_CONNECTIONS);
		this.library.accept(transport);
		KintoClient client = KintoClient.builder(transport.build())
			.timeout(Duration.ofSeconds(5))
			.transferTimeout(timeout)
			.retry(KintoRetry.none())
			.build();
		this.clients.add(client);
		return client;
	}

	private static RawServer serving(File file) throws IOException {
		return RawServer.keepAlive((request, connection) -> {
			if (request.contains("/files/")) {
				file.write(connection);
			}
			else {
				answer(request, connection);
			}
		});
	}

	private static void refuse(Socket connection, String headers, String body) throws IOException {
		RawServer.write(connection, "HTTP/1.1 404 Not Found", headers.replace(";", "\r\n"), "", body);
		if (headers.endsWith(": 6")) {
			connection.close();
		}
	}

	private static void answer(String request, Socket connection) throws IOException {
		if (request.startsWith("GET /v1/ ")) {
			write(connection, info("base_url", "http://" + host(request) + "/files/"));
		}
		else if (request.startsWith("POST ")) {
			write(connection, "{\"filename\":\"a\",\"hash\":\"\",\"location\":\"x\",\"mimetype\":\"a/b\",\"size\":1}");
		}
		else {
			write(connection, "{\"data\":{\"id\":\"r\",\"last_modified\":5}}");
		}
	}

	private static String info(String name, String value) {
		return "{\"http_api_version\":\"1.23\",\"capabilities\":{\"attachments\":{\"" + name + "\":\"" + value
				+ "\"}}}";
	}

	private static String host(String request) {
		return request.lines()
			.filter((line) -> line.regionMatches(true, 0, "host:", 0, 5))
			.findFirst()
			.orElseThrow()
			.substring(5)
			.trim();
	}

	private static void write(Socket connection, String json) throws IOException {
		RawServer.write(connection, "HTTP/1.1 200 OK", "Content-Type: application/json",
				"Content-Length: " + json.length(), "", json);
	}

	private static KintoDownload download(byte[] file) {
		return RECORDS.attachments()
			.download(new KintoAttachment("a.bin", sha256(file), "a.bin", "application/octet-stream", file.length));
	}

	private static byte[] read(KintoClient client, KintoDownload download) throws IOException {
		try (InputStream file = client.blocking().download(download)) {
			return file.readAllBytes();
		}
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	private static byte[] gzip(String text) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(text.getBytes(StandardCharsets.UTF_8));
		}
		return bytes.toByteArray();
	}

	private static String sha256(byte[] file) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void awaited(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private interface File {

		void write(Socket connection) throws IOException;

	}

	/**
	 * File that changes during the upload.
	 */
	private static final class FileOfOtherLength extends AbstractResource {

		private final int length;

		private final int announced;

		FileOfOtherLength(int length, int announced) {
			this.length = length;
			this.announced = announced;
		}

		@Override
		public InputStream getInputStream() {
			return new ByteArrayInputStream(new byte[this.length]);
		}

		@Override
		public long contentLength() {
			return this.announced;
		}

		@Override
		public String getDescription() {
			return "a file that changes";
		}

	}

}
