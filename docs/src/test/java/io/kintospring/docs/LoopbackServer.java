package io.kintospring.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * HTTP server on the loopback interface that records its requests.
 */
final class LoopbackServer implements AutoCloseable {

	/** What Kinto says of itself. */
	static final String HELLO = """
			{"project_name": "kinto", "project_version": "26.2.1", "http_api_version": "1.23",
			 "url": "http://kinto.example.com/v1/", "settings": {"readonly": false}, "capabilities": {}}""";

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	LoopbackServer(Function<Request, Response> responses) {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", (exchange) -> respond(exchange, responses));
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	/**
	 * Return a server that responds to each request with {@link #HELLO}.
	 */
	static LoopbackServer ofHello() {
		return new LoopbackServer((request) -> new Response(200, HELLO));
	}

	private void respond(HttpExchange exchange, Function<Request, Response> responses) throws IOException {
		try (exchange; InputStream in = exchange.getRequestBody()) {
			String body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
			Request request = new Request(exchange.getRequestURI().getPath(), exchange.getRequestHeaders(), body);
			this.requests.add(request);
			Response response = responses.apply(request);
			byte[] bytes = response.body().getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(response.status(), bytes.length);
			exchange.getResponseBody().write(bytes);
		}
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	List<Request> requests() {
		return this.requests;
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/**
	 * A request that came.
	 */
	record Request(String path, Headers headers, String body) {

		String header(String name) {
			return this.headers.getFirst(name);
		}

	}

	/**
	 * A response to send.
	 */
	record Response(int status, String body) {
	}

}
