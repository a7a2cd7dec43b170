package io.kintospring.benchmarks.opponent;

import java.time.Duration;
import java.util.List;

import io.kintospring.benchmarks.Article;
import org.jspecify.annotations.Nullable;

/**
 * A client, as its users would write it.
 */
public interface Opponent extends AutoCloseable {

	/** How many requests are under way at most. */
	int CONNECTIONS = 64;

	/** How long a request of the templates and of {@code WebClient} may take. */
	Duration TIMEOUT = Duration.ofSeconds(5);

	/** How many ranges of a list are read side by side, by who can. */
	int RANGES = 8;

	/**
	 * Create a record.
	 * @param article the data
	 * @return what was created, or {@code null} if nothing is decoded
	 */
	@Nullable Article create(Article article);

	/**
	 * Read a record.
	 * @param id the id of the record
	 * @return the record, or {@code null} if nothing is decoded
	 */
	@Nullable Article get(String id);

	/**
	 * Create and read records, one creation to three readings, with {@link #CONNECTIONS}
	 * of them under way.
	 * @param articles the data
	 * @param ids the ids of the records
	 * @param operations how many operations
	 */
	void mixed(List<Article> articles, List<String> ids, int operations);

	/**
	 * Ask for the records if they have changed.
	 * @param timestamp the version of the list that is known
	 * @return whether they have
	 */
	boolean poll(long timestamp);

	/**
	 * Read all records.
	 * @param limit how many a page has
	 * @return how many there are; where nothing is decoded, as many as the pages can have
	 */
	long list(int limit);

	/**
	 * Read all records in the default order, with as many requests side by side as the
	 * client has a way for.
	 * @param limit how many a page has
	 * @return how many there are
	 */
	default long listOrdered(int limit) {
		return list(limit);
	}

	/**
	 * Read all records, in an order that does not matter.
	 * @param limit how many a page has
	 * @return how many there are
	 */
	default long listInAnyOrder(int limit) {
		return list(limit);
	}

	/**
	 * Create records by batch, as many in a request as the server takes, one request
	 * after the other.
	 * @param articles the data
	 * @return how many were created
	 */
	long batch(List<Article> articles);

	@Override
	void close();

}
