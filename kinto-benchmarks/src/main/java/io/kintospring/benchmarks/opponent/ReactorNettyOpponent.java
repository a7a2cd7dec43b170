package io.kintospring.benchmarks.opponent;

import java.util.Collections;
import java.util.List;

import io.kintospring.benchmarks.Article;
import io.kintospring.benchmarks.opponent.Json.BatchRequest;
import io.kintospring.benchmarks.opponent.Json.Created;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Opponent with Reactor Netty alone. It sends prepared bytes and discards responses, so
 * no client on this transport can be faster.
 */
final class ReactorNettyOpponent extends ReactiveOpponent {

	private static final int BATCH = 25;

	private static final String RECORDS = Article.COLLECTION + "/records";

	private static final byte[] ARTICLE = Json.MAPPER.writeValueAsBytes(new Created(Article.sample(1)));

	private static final byte[] ARTICLES = Json.MAPPER
		.writeValueAsBytes(BatchRequest.creations(Collections.nCopies(BATCH, Article.sample(1))));

	private final HttpClient client;

	private final HttpClient json;

	ReactorNettyOpponent(String url) {
		ConnectionProvider connections = ConnectionProvider.builder("netty")
			.maxConnections(CONNECTIONS)
			.pendingAcquireMaxCount(-1)
			.build();
		this.client = HttpClient.create(connections).baseUrl(url);
		this.json = this.client.headers((headers) -> headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json"));
	}

	@Override
	Mono<Article> createLater(Article article) {
		return post(RECORDS, ARTICLE).then(Mono.empty());
	}

	private Mono<Integer> post(String path, byte[] body) {
		return this.json.post()
			.uri(path)
			.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
			.responseSingle((response, content) -> content.map(ByteBuf::readableBytes));
	}

	@Override
	Mono<Article> getLater(String id) {
		return this.client.get()
			.uri(RECORDS + "/" + id)
			.responseSingle((response, content) -> content.map(ByteBuf::readableBytes))
			.then(Mono.empty());
	}

	@Override
	Mono<Boolean> pollLater(long timestamp) {
		return this.client.headers((headers) -> headers.set(HttpHeaderNames.IF_NONE_MATCH, "\"" + timestamp + "\""))
			.get()
			.uri(RECORDS)
			.responseSingle((response, content) -> content.then(Mono.just(response.status().code() != 304)));
	}

	@Override
	Mono<Long> listLater(int limit) {
		return page(RECORDS + "?_limit=" + limit)
			.expand((page) -> (page.next() != null) ? page(page.next()) : Mono.empty())
			.count()
			.map((pages) -> pages * limit);
	}

	private Mono<Page> page(String uri) {
		return this.client.get()
			.uri(uri)
			.response((response, content) -> content.map(ByteBuf::readableBytes)
				.reduce(0, Integer::sum)
				.map((length) -> new Page(next(response), length)))
			.single();
	}

	private static @Nullable String next(HttpClientResponse response) {
		return response.responseHeaders().get("Next-Page");
	}

	@Override
	Mono<Long> batchLater(List<Article> articles) {
		return Flux.range(0, articles.size() / BATCH)
			.concatMap((part) -> post("/batch", ARTICLES))
			.count()
			.map((parts) -> parts * BATCH);
	}

	@Override
	public void close() {
		// connections are closed with the process
	}

	private record Page(@Nullable String next, int length) {
	}

}
