package io.kintospring.benchmarks.opponent;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.benchmarks.Article;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.KintoCall;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;
import io.micrometer.observation.ObservationRegistry;

/**
 * Opponent with this project's blocking template.
 */
final class KintoTemplateOpponent extends BlockingOpponent {

	private final KintoTemplate kinto;

	private final CollectionOperations<Article> articles;

	KintoTemplateOpponent(String url, ObservationRegistry observations, ObservationRegistry httpObservations) {
		this.kinto = KintoSettings.apply(KintoTemplate.builder(url), url, observations, httpObservations).build();
		this.articles = this.kinto.bucket("blog").collection("articles", Article.class);
	}

	@Override
	public Article create(Article article) {
		return this.articles.create(article).data();
	}

	@Override
	public Article get(String id) {
		return this.articles.get(id).data();
	}

	@Override
	public boolean poll(long timestamp) {
		return this.articles.listIfChanged(KintoTimestamp.of(timestamp)).isPresent();
	}

	@Override
	public long list(int limit) {
		return count(this.articles.stream((query) -> query.limit(limit)));
	}

	@Override
	public long listOrdered(int limit) {
		return count(this.articles.streamInParallel(RANGES, (query) -> query.sort("-last_modified").limit(limit)));
	}

	@Override
	public long listInAnyOrder(int limit) {
		return count(this.articles.streamInParallel(RANGES, (query) -> query.limit(limit)));
	}

	private static long count(Stream<KintoObject<Article>> records) {
		long[] count = new long[1];
		try (records) {
			records.forEach((record) -> count[0]++);
		}
		return count[0];
	}

	@Override
	public long batch(List<Article> articles) {
		List<KintoCall<KintoObject<Article>>> calls = articles.stream()
			.map((article) -> this.articles.calls().create(article))
			.toList();
		BatchResult result = this.kinto.batch(calls);
		return calls.stream().map(result::get).filter(Objects::nonNull).count();
	}

}
