package io.kintospring.client;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
 * Tests that a million records are read with 64 MiB of memory, because at most two pages
 * are in memory.
 */
@Timeout(120)
class StreamMemoryTests {

	private static final int RECORDS = 1_000_000;

	private static final int PAGE = 10_000;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private HttpServer server;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/v1/buckets/b/collections/c/records", this::answer);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	@ParameterizedTest
	@EnumSource
	void millionRecordsAreReadInLittleMemory(Flavour flavour) throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx64m", "-XX:+UseSerialGC", "-cp", classPath(), StreamMain.class.getName(),
				"http://127.0.0.1:" + this.server.getAddress().getPort() + "/v1", flavour.name())
			.redirectErrorStream(true)
			.start();
		try {
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			assertThat(output).contains("1000000 records, 499999500000, 499999500000, in 6");
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static String classPath() {
		return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
	}

	private void answer(HttpExchange exchange) throws IOException {
		String query = exchange.getRequestURI().getQuery();
		int start = (query != null) ? Integer.parseInt(query.substring("_token=".length())) : 0;
		byte[] page = page(start);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.getResponseHeaders().set("ETag", "\"1800000000000\"");
		if (start + PAGE < RECORDS) {
			exchange.getResponseHeaders().set("Next-Page", "http://h/v1/x?_token=" + (start + PAGE));
		}
		exchange.sendResponseHeaders(200, page.length);
		try (OutputStream body = exchange.getResponseBody()) {
			body.write(page);
		}
	}

	private static byte[] page(int start) {
		StringBuilder page = new StringBuilder(PAGE * 110).append("{\"data\":[");
		for (int i = start; i < start + PAGE; i++) {
			page.append((i > start) ? "," : "")
				.append("{\"id\":\"r")
				.append(i)
				.append("\",\"last_modified\":")
				.append(1_700_000_000_000L + i)
				.append(",\"number\":")
				.append(i)
				.append(",\"title\":\"The title of the record ")
				.append(i)
				.append("\",\"read\":true}");
		}
		return page.append("]}").toString().getBytes(StandardCharsets.UTF_8);
	}

}
