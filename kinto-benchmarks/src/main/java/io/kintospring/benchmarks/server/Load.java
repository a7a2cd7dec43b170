package io.kintospring.benchmarks.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Load on a server: a collection with 100 records, and connections that each send one
 * request after the other.
 */
public final class Load implements AutoCloseable {

	private static final int RECORDS = 100;

	private static final byte[] RECORD = """
			{"data":{"title":"%s","author":"benchmark","tags":["one","two"],"number":42}}
			""".formatted("x".repeat(100)).getBytes(StandardCharsets.UTF_8);

	private static final Duration TIMEOUT = Duration.ofMinutes(10);

	private final String bucket = "/buckets/" + UUID.randomUUID();

	private final String records = this.bucket + "/collections/articles/records";

	private final int connections;

	private final ConnectionProvider pool;

	private final HttpClient client;

	/**
	 * Create the records.
	 * @param url the URL of the server, with the version
	 * @param connections the number of connections
	 */
	public Load(String url, int connections) {
		this.connections = connections;
		this.pool = ConnectionProvider.create("load", connections);
		String user = Base64.getEncoder().encodeToString("benchmark:secret".getBytes(StandardCharsets.UTF_8));
		this.client = HttpClient.create(this.pool)
			.baseUrl(url)
			.headers(
					(headers) -> headers.set("Authorization", "Basic " + user).set("Content-Type", "application/json"));
		send(HttpMethod.PUT, this.bucket, true).block(TIMEOUT);
		send(HttpMethod.PUT, this.bucket + "/collections/articles", true).block(TIMEOUT);
		Flux.range(0, RECORDS).concatMap((i) -> send(HttpMethod.PUT, this.records + "/" + i, true)).blockLast(TIMEOUT);
	}

	/**
	 * Run an operation with all connections.
	 * @param operation the operation
	 * @param seconds the duration in seconds
	 * @return the number of operations per second
	 */
	public double perSecond(Operation operation, double seconds) {
		long start = System.nanoTime();
		long end = start + (long) (seconds * 1e9);
		Long count = Flux.range(0, this.connections)
			.flatMap((i) -> send(operation, i).repeat(() -> System.nanoTime() < end), this.connections)
			.count()
			.block(TIMEOUT);
		return ((count != null) ? count : 0) * 1e9 / (System.nanoTime() - start);
	}

	private Mono<Integer> send(Operation operation, int connection) {
		String path = operation.isOfRecord() ? this.records + "/" + connection % RECORDS : this.records;
		return send(operation.method(), path, operation.hasBody());
	}

	private Mono<Integer> send(HttpMethod method, String path, boolean body) {
		return this.client.request(method)
			.uri(path)
			.send(body ? ByteBufMono.fromSupplier(() -> Unpooled.wrappedBuffer(RECORD)) : Mono.empty())
			.response((response, content) -> content.then(Mono.fromCallable(() -> {
				if (response.status().code() >= 300) {
					throw new IllegalStateException(method + " " + path + " failed with " + response.status());
				}
				return response.status().code();
			})))
			.single();
	}

	/**
	 * Delete the records, and close all connections.
	 */
	@Override
	public void close() {
		send(HttpMethod.DELETE, this.bucket, false).block(TIMEOUT);
		this.pool.dispose();
	}

}
