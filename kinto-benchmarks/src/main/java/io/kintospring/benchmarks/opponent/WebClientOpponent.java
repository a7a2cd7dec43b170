package io.kintospring.benchmarks.opponent;

import java.net.URI;
import java.util.List;

import io.kintospring.benchmarks.Article;
import io.kintospring.benchmarks.opponent.Json.BatchRequest;
import io.kintospring.benchmarks.opponent.Json.BatchResponse;
import io.kintospring.benchmarks.opponent.Json.Created;
import io.kintospring.benchmarks.opponent.Json.ListEnvelope;
import io.kintospring.benchmarks.opponent.Json.RecordEnvelope;
import io.kintospring.benchmarks.opponent.Json.ServerInfo;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.http.codec.json.JacksonJsonEncoder;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Opponent with {@code WebClient} and Java records, as a Spring developer would write it
 * without a Kinto client.
 */
final class WebClientOpponent extends ReactiveOpponent {

	private static final String BUCKET = "blog";

	private static final String COLLECTION = "articles";

	private static final String RECORDS = "/buckets/{bucket}/collections/{collection}/records";

	private static final String RECORD = RECORDS + "/{id}";

	private final WebClient client;

	private final Mono<Integer> batchMaxRequests;

	WebClientOpponent(String url, ObservationRegistry observations) {
		ConnectionProvider connections = ConnectionProvider.builder("webclient")
			.maxConnections(CONNECTIONS)
			.pendingAcquireMaxCount(-1)
			.build();
		this.client = WebClient.builder()
			.baseUrl(url)
			.clientConnector(new ReactorClientHttpConnector(HttpClient.create(connections).responseTimeout(TIMEOUT)))
			.observationRegistry(observations)
			.codecs((codecs) -> {
				codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(Json.MAPPER));
				codecs.defaultCodecs().jacksonJsonEncoder(new JacksonJsonEncoder(Json.MAPPER));
				codecs.defaultCodecs().maxInMemorySize(64 * 1024 * 1024);
			})
			.build();
		this.batchMaxRequests = this.client.get()
			.uri("/")
			.retrieve()
			.bodyToMono(ServerInfo.class)
			.map((info) -> info.settings().batchMaxRequests())
			.cache();
	}

	@Override
	Mono<Article> createLater(Article article) {
		return this.client.post()
			.uri(RECORDS, BUCKET, COLLECTION)
			.bodyValue(new Created(article))
			.retrieve()
			.toEntity(RecordEnvelope.class)
			.map(WebClientOpponent::versioned)
			.map(Versioned::article);
	}

	@Override
	Mono<Article> getLater(String id) {
		return this.client.get()
			.uri(RECORD, BUCKET, COLLECTION, id)
			.retrieve()
			.toEntity(RecordEnvelope.class)
			.map(WebClientOpponent::versioned)
			.map(Versioned::article);
	}

	private static Versioned versioned(ResponseEntity<RecordEnvelope> response) {
		return new Versioned(Json.body(response).data(), response.getHeaders().getETag());
	}

	@Override
	Mono<Boolean> pollLater(long timestamp) {
		return this.client.get()
			.uri(RECORDS, BUCKET, COLLECTION)
			.ifNoneMatch("\"" + timestamp + "\"")
			.retrieve()
			.toEntity(ListEnvelope.class)
			.map((response) -> response.getStatusCode() != HttpStatus.NOT_MODIFIED);
	}

	@Override
	Mono<Long> listLater(int limit) {
		return this.client.get()
			.uri(RECORDS + "?_limit={limit}", BUCKET, COLLECTION, limit)
			.retrieve()
			.toEntity(ListEnvelope.class)
			.expand(this::nextPage)
			.flatMapIterable((page) -> Json.body(page).data())
			.count();
	}

	private Mono<ResponseEntity<ListEnvelope>> nextPage(ResponseEntity<ListEnvelope> page) {
		String next = page.getHeaders().getFirst("Next-Page");
		return (next == null) ? Mono.empty()
				: this.client.get().uri(URI.create(next)).retrieve().toEntity(ListEnvelope.class);
	}

	@Override
	Mono<Long> batchLater(List<Article> articles) {
		return this.batchMaxRequests.flatMapMany((max) -> Flux.fromIterable(articles).buffer(max))
			.concatMap((part) -> this.client.post()
				.uri("/batch")
				.bodyValue(BatchRequest.creations(part))
				.retrieve()
				.bodyToMono(BatchResponse.class))
			.map(BatchResponse::created)
			.reduce(0L, Long::sum);
	}

	@Override
	public void close() {
		// connections are closed with the process
	}

	private record Versioned(Article article, @Nullable String etag) {
	}

}
