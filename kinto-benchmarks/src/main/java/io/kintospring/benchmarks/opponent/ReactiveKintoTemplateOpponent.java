package io.kintospring.benchmarks.opponent;

import java.util.List;
import java.util.Objects;

import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.benchmarks.Article;
import io.kintospring.protocol.KintoCall;
import io.kintospring.template.ReactiveCollectionOperations;
import io.kintospring.template.ReactiveKintoTemplate;
import io.micrometer.observation.ObservationRegistry;
import reactor.core.publisher.Mono;

/**
 * Opponent with this project's reactive template.
 */
final class ReactiveKintoTemplateOpponent extends ReactiveOpponent {

	private final ReactiveKintoTemplate kinto;

	private final ReactiveCollectionOperations<Article> articles;

	ReactiveKintoTemplateOpponent(String url, ObservationRegistry observations, ObservationRegistry httpObservations) {
		this.kinto = KintoSettings.apply(ReactiveKintoTemplate.builder(url), url, observations, httpObservations)
			.build();
		this.articles = this.kinto.bucket("blog").collection("articles", Article.class);
	}

	@Override
	Mono<Article> createLater(Article article) {
		return this.articles.create(article).map(KintoObject::data);
	}

	@Override
	Mono<Article> getLater(String id) {
		return this.articles.get(id).map(KintoObject::data);
	}

	@Override
	Mono<Boolean> pollLater(long timestamp) {
		return this.articles.listIfChanged(KintoTimestamp.of(timestamp)).hasElement();
	}

	@Override
	Mono<Long> listLater(int limit) {
		return this.articles.stream((query) -> query.limit(limit)).count();
	}

	@Override
	Mono<Long> listOrderedLater(int limit) {
		return this.articles.streamInParallel(RANGES, (query) -> query.sort("-last_modified").limit(limit)).count();
	}

	@Override
	Mono<Long> listInAnyOrderLater(int limit) {
		return this.articles.streamInParallel(RANGES, (query) -> query.limit(limit)).count();
	}

	@Override
	Mono<Long> batchLater(List<Article> articles) {
		List<KintoCall<KintoObject<Article>>> calls = articles.stream()
			.map((article) -> this.articles.calls().create(article))
			.toList();
		return this.kinto.batch(calls)
			.map((result) -> calls.stream().map(result::get).filter(Objects::nonNull).count());
	}

	@Override
	public void close() {
		// connections are closed with the process
	}

}
