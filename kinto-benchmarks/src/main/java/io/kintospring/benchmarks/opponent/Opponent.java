package io.kintospring.benchmarks.opponent;

import java.time.Duration;
import java.util.List;

import io.kintospring.benchmarks.Article;
import org.jspecify.annotations.Nullable;

/**
 * Client that runs the workloads as an application would.
 */
public interface Opponent extends AutoCloseable {

	/** Maximum number of concurrent requests. */
	int CONNECTIONS = 64;

	/** Timeout of a request of the templates and of {@code WebClient}. */
	Duration TIMEOUT = Duration.ofSeconds(5);

	/** Number of ranges of a list to read in parallel, if supported. */
	int RANGES = 8;

	/**
	 * Create a record.
	 * @param article the data
	 * @return the created record, or {@code null} if the opponent does not decode
	 * responses
	 */
	@Nullable Article create(Article article);

	/**
	 * Read a record.
	 * @param id the id of the record
	 * @return the record, or {@code null} if the opponent does not decode responses
	 */
	@Nullable Article get(String id);

	/**
	 * Create and read records, with three reads per created record and
	 * {@link #CONNECTIONS} concurrent requests.
	 * @param articles the data
	 * @param ids the ids of the records
	 * @param operations the number of operations
	 */
	void mixed(List<Article> articles, List<String> ids, int operations);

	/**
	 * Read the records if they have changed.
	 * @param timestamp the known version of the list
	 * @return whether they have changed
	 */
	boolean poll(long timestamp);

	/**
	 * Read all records.
	 * @param limit the size of a page
	 * @return the number of records, or the maximum number on all pages if the opponent
	 * does not decode responses
	 */
	long list(int limit);

	/**
	 * Read all records in the default order, with parallel requests if the client
	 * supports them.
	 * @param limit the size of a page
	 * @return the number of records
	 */
	default long listOrdered(int limit) {
		return list(limit);
	}

	/**
	 * Read all records in any order.
	 * @param limit the size of a page
	 * @return the number of records
	 */
	default long listInAnyOrder(int limit) {
		return list(limit);
	}

	/**
	 * Create records with consecutive batch requests of the maximum size.
	 * @param articles the data
	 * @return the number of created records
	 */
	long batch(List<Article> articles);

	@Override
	void close();

}
