package io.kintospring.benchmarks.opponent;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;

import io.kintospring.benchmarks.Article;
import io.kintospring.benchmarks.opponent.Json.BatchRequest;
import io.kintospring.benchmarks.opponent.Json.BatchResponse;
import io.kintospring.benchmarks.opponent.Json.Created;
import io.kintospring.benchmarks.opponent.Json.ListEnvelope;
import io.kintospring.benchmarks.opponent.Json.RecordEnvelope;
import io.kintospring.benchmarks.opponent.Json.ServerInfo;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.client.RestClient;

/**
 * Opponent with {@code RestClient} on the JDK's HTTP client, and the same Java records.
 */
final class RestClientOpponent extends BlockingOpponent {

	private static final String BUCKET = "blog";

	private static final String COLLECTION = "articles";

	private static final String RECORDS = "/buckets/{bucket}/collections/{collection}/records";

	private static final String RECORD = RECORDS + "/{id}";

	private final RestClient client;

	private final int batchMaxRequests;

	RestClientOpponent(String url) {
		HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
		this.client = RestClient.builder()
			.baseUrl(url)
			.requestFactory(new JdkClientHttpRequestFactory(http))
			.configureMessageConverters(
					(converters) -> converters.withJsonConverter(new JacksonJsonHttpMessageConverter(Json.MAPPER)))
			.build();
		this.batchMaxRequests = Json.body(this.client.get().uri("/").retrieve().toEntity(ServerInfo.class))
			.settings()
			.batchMaxRequests();
	}

	@Override
	public Article create(Article article) {
		return Json
			.body(this.client.post()
				.uri(RECORDS, BUCKET, COLLECTION)
				.body(new Created(article))
				.retrieve()
				.toEntity(RecordEnvelope.class))
			.data();
	}

	@Override
	public Article get(String id) {
		return Json
			.body(this.client.get().uri(RECORD, BUCKET, COLLECTION, id).retrieve().toEntity(RecordEnvelope.class))
			.data();
	}

	@Override
	public boolean poll(long timestamp) {
		return this.client.get()
			.uri(RECORDS, BUCKET, COLLECTION)
			.ifNoneMatch("\"" + timestamp + "\"")
			.retrieve()
			.toEntity(ListEnvelope.class)
			.getStatusCode() != HttpStatus.NOT_MODIFIED;
	}

	@Override
	public long list(int limit) {
		ResponseEntity<ListEnvelope> page = this.client.get()
			.uri(RECORDS + "?_limit={limit}", BUCKET, COLLECTION, limit)
			.retrieve()
			.toEntity(ListEnvelope.class);
		long count = Json.body(page).data().size();
		for (String next = next(page); next != null; next = next(page)) {
			page = this.client.get().uri(URI.create(next)).retrieve().toEntity(ListEnvelope.class);
			count += Json.body(page).data().size();
		}
		return count;
	}

	private static @Nullable String next(ResponseEntity<ListEnvelope> page) {
		return page.getHeaders().getFirst("Next-Page");
	}

	@Override
	public long batch(List<Article> articles) {
		long created = 0;
		for (int from = 0; from < articles.size(); from += this.batchMaxRequests) {
			List<Article> part = articles.subList(from, Math.min(articles.size(), from + this.batchMaxRequests));
			created += Json
				.body(this.client.post()
					.uri("/batch")
					.body(BatchRequest.creations(part))
					.retrieve()
					.toEntity(BatchResponse.class))
				.created();
		}
		return created;
	}

}
