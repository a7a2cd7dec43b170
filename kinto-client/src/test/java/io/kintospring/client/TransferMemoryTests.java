package io.kintospring.client;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kintospring.template.Flavour;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a file of 128 MiB is uploaded and downloaded with 64 MiB of memory, because
 * only pieces of it are in memory.
 */
@Timeout(120)
class TransferMemoryTests {

	private static final int MEBIBYTES = 128;

	private static final byte[] MEBIBYTE = new byte[1024 * 1024];

	private HttpServer server;

	private volatile long uploaded;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/v1/",
				(exchange) -> answer(exchange,
						"{\"http_api_version\":\"1.23\",\"capabilities\":{\"attachments\":{\"base_url\":\"" + root()
								+ "\"}}}"));
		this.server.createContext("/v1/buckets/b/collections/c/records/r/attachment", this::upload);
		this.server.createContext("/zeros.bin", this::download);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@ParameterizedTest
	@EnumSource
	void largeFileIsTransferredInLittleMemory(Flavour flavour) throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx64m", "-XX:+UseSerialGC", "-cp",
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
				TransferMain.class.getName(), root() + "v1", flavour.name(), Integer.toString(MEBIBYTES))
			.redirectErrorStream(true)
			.start();
		try {
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			assertThat(output).contains("134217728 bytes of 134217728 came back");
			assertThat(this.uploaded).isGreaterThan((long) MEBIBYTES * MEBIBYTE.length);
		}
		finally {
			process.destroyForcibly();
		}
	}

	private String root() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/";
	}

	private void upload(HttpExchange exchange) throws IOException {
		this.uploaded = exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
		answer(exchange,
				"{\"filename\":\"zeros.bin\",\"hash\":\"" + hash() + "\",\"location\":\"" + root()
						+ "zeros.bin\",\"mimetype\":\"application/octet-stream\",\"size\":"
						+ (long) MEBIBYTES * MEBIBYTE.length + "}");
	}

	private void download(HttpExchange exchange) throws IOException {
		exchange.sendResponseHeaders(200, (long) MEBIBYTES * MEBIBYTE.length);
		try (exchange) {
			for (int i = 0; i < MEBIBYTES; i++) {
				exchange.getResponseBody().write(MEBIBYTE);
			}
		}
	}

	private static void answer(HttpExchange exchange, String json) throws IOException {
		byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(200, bytes.length);
		try (exchange) {
			exchange.getResponseBody().write(bytes);
		}
	}

	private static String hash() {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			for (int i = 0; i < MEBIBYTES; i++) {
				digest.update(MEBIBYTE);
			}
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
