package io.kintospring.template;

import java.util.List;
import java.util.stream.Stream;

import io.kintospring.KintoHistoryEntry;
import io.kintospring.KintoObject;
import io.kintospring.KintoTombstone;
import io.kintospring.KintoUnsupportedException;
import io.kintospring.client.KintoExecutor;
import io.kintospring.protocol.HistoryCalls;
import io.kintospring.query.KintoQuery;

/**
 * Operations on the history of a bucket: every change of the bucket and of its
 * collections, groups and records. Handles are immutable and thread-safe. Each method
 * throws a {@link KintoUnsupportedException} if the server does not have the capability
 * {@code history}.
 *
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/history.html">Kinto's
 * history</a>
 */
public interface HistoryOperations {

	/**
	 * Read one page of entries, the latest first.
	 * @param query the entries to list, without {@code fields} or {@code pages}. Filters
	 * can be on nested fields such as {@code target.data.author}; Kinto rejects filters
	 * on unknown fields.
	 * @return the first page
	 */
	default KintoPage<KintoHistoryEntry> list(KintoQuery.Customizer... query) {
		return new KintoPage<>(executor(), executor().execute(calls().list(query)));
	}

	/**
	 * Stream all entries. The next page is fetched while you consume the current one.
	 * @param query the entries to list, without {@code fields}
	 * @return the entries. Close the stream if you do not consume it to its end.
	 */
	default Stream<KintoObject<KintoHistoryEntry>> stream(KintoQuery.Customizer... query) {
		return executor().stream(calls().stream(query));
	}

	/**
	 * Delete all entries. Snapshots of the past are then incomplete.
	 * @return the tombstones
	 */
	default List<KintoTombstone> deleteAll() {
		return executor().execute(calls().deleteAll());
	}

	/**
	 * Delete all entries that match a query. Snapshots of their time are then incomplete.
	 * @param query the entries to delete, with at least one filter
	 * @param more further customizers of the query
	 * @return the tombstones
	 * @throws IllegalArgumentException if the query has no filter, or anything but
	 * filters and headers
	 */
	default List<KintoTombstone> deleteAll(KintoQuery.Customizer query, KintoQuery.Customizer... more) {
		return executor().execute(calls().deleteAll(query, more));
	}

	/**
	 * Return the same operations as calls.
	 * @return the calls
	 */
	HistoryCalls calls();

	/**
	 * Return the executor that runs the calls of this handle.
	 * @return the executor
	 */
	KintoExecutor executor();

	/**
	 * Default implementation that runs the calls on an executor.
	 *
	 * @param executor runs the calls
	 * @param calls the calls
	 */
	record Handle(KintoExecutor executor, HistoryCalls calls) implements HistoryOperations {
	}

}
