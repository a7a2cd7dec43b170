package io.kintospring.benchmarks.opponent;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.kintospring.benchmarks.Article;

/**
 * Base class for blocking clients, which run concurrent requests on separate threads.
 */
abstract class BlockingOpponent implements Opponent {

	private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);

	@Override
	public void mixed(List<Article> articles, List<String> ids, int operations) {
		AtomicInteger next = new AtomicInteger();
		List<Future<?>> running = Stream.<Future<?>>generate(() -> this.threads.submit(() -> {
			for (int i = next.getAndIncrement(); i < operations; i = next.getAndIncrement()) {
				if (i % 4 == 0) {
					create(articles.get(i % articles.size()));
				}
				else {
					get(ids.get(i % ids.size()));
				}
			}
		})).limit(CONNECTIONS).toList();
		for (Future<?> future : running) {
			try {
				future.get();
			}
			catch (InterruptedException | ExecutionException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
