package io.kintospring.benchmarks.opponent;

import java.util.List;

import io.kintospring.benchmarks.Article;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Base class for reactive clients, which block only between consecutive operations.
 */
abstract class ReactiveOpponent implements Opponent {

	abstract Mono<Article> createLater(Article article);

	abstract Mono<Article> getLater(String id);

	abstract Mono<Boolean> pollLater(long timestamp);

	abstract Mono<Long> listLater(int limit);

	Mono<Long> listOrderedLater(int limit) {
		return listLater(limit);
	}

	Mono<Long> listInAnyOrderLater(int limit) {
		return listLater(limit);
	}

	abstract Mono<Long> batchLater(List<Article> articles);

	@Override
	public @Nullable Article create(Article article) {
		return createLater(article).block();
	}

	@Override
	public @Nullable Article get(String id) {
		return getLater(id).block();
	}

	@Override
	public void mixed(List<Article> articles, List<String> ids, int operations) {
		Flux.range(0, operations)
			.flatMap((i) -> (i % 4 == 0) ? createLater(articles.get(i % articles.size()))
					: getLater(ids.get(i % ids.size())), CONNECTIONS)
			.blockLast();
	}

	@Override
	public boolean poll(long timestamp) {
		return Boolean.TRUE.equals(pollLater(timestamp).block());
	}

	@Override
	public long list(int limit) {
		return orNone(listLater(limit).block());
	}

	@Override
	public long listOrdered(int limit) {
		return orNone(listOrderedLater(limit).block());
	}

	@Override
	public long listInAnyOrder(int limit) {
		return orNone(listInAnyOrderLater(limit).block());
	}

	@Override
	public long batch(List<Article> articles) {
		return orNone(batchLater(articles).block());
	}

	private static long orNone(@Nullable Long number) {
		return (number != null) ? number : 0;
	}

}
