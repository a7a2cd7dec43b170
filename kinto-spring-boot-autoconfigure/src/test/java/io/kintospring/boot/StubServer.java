package io.kintospring.boot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

import com.sun.net.httpserver.HttpServer;

/**
 * Server that sends the same response to each request and records the requests.
 */
public final class StubServer implements AutoCloseable {

	private static final String HELLO = """
			{"project_name": "kinto", "project_version": "26.2.1", "http_api_version": "1.23",
			 "url": "http://server.example.com/v1/", "settings": {"readonly": false, "batch_max_requests": 25},
			 "user": {"id": "basicauth:alice", "principals": ["basicauth:alice"]}, "capabilities": {}}""";

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

	private StubServer(int status, Map<String, String> headers, Supplier<byte[]> body, Consumer<String> before) {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", (exchange) -> {
			try (InputStream request = exchange.getRequestBody()) {
				request.readAllBytes();
			}
			this.requests.add(new Request(exchange.getRequestURI().toString(), exchange.getRequestHeaders()));
			before.accept(exchange.getRequestURI().toString());
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			headers.forEach(exchange.getResponseHeaders()::set);
			byte[] bytes = body.get();
			exchange.sendResponseHeaders(status, (bytes.length > 0) ? bytes.length : -1);
			exchange.getResponseBody().write(bytes);
			exchange.close();
		});
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	public static StubServer answering(int status, Map<String, String> headers, String body) {
		return new StubServer(status, headers, () -> body.getBytes(StandardCharsets.UTF_8), (uri) -> {
		});
	}

	/**
	 * Return a server whose responses have the current value of a body.
	 */
	public static StubServer answering(Map<String, String> headers, Supplier<String> body) {
		return new StubServer(200, headers, () -> body.get().getBytes(StandardCharsets.UTF_8), (uri) -> {
		});
	}

	public static StubServer answeringGzip(String body) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(body.getBytes(StandardCharsets.UTF_8));
		}
		return new StubServer(200, Map.of("Content-Encoding", "gzip"), bytes::toByteArray, (uri) -> {
		});
	}

	/**
	 * Return the number of recorded requests that were not taken.
	 */
	public int requests() {
		return this.requests.size();
	}

	public static StubServer answeringHello() {
		return answering(200, Map.of(), HELLO);
	}

	/**
	 * Return a server that passes the target of each request to a consumer before it
	 * responds.
	 */
	public static StubServer answeringHello(Consumer<String> before) {
		return new StubServer(200, Map.of(), () -> HELLO.getBytes(StandardCharsets.UTF_8), before);
	}

	public String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/v1";
	}

	public Request takeRequest() {
		try {
			Request request = this.requests.poll(10, TimeUnit.SECONDS);
			if (request == null) {
				throw new IllegalStateException("The server received no request");
			}
			return request;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/**
	 * Recorded request.
	 */
	public record Request(String uri, Map<String, List<String>> headers) {

		public String header(String name) {
			return String.join(",", this.headers.getOrDefault(name, List.of()));
		}

	}

}
