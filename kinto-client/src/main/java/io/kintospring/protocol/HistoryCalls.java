package io.kintospring.protocol;

import java.util.List;

import io.kintospring.KintoHistoryEntry;
import io.kintospring.KintoObject;
import io.kintospring.KintoTombstone;
import io.kintospring.json.KintoJson;
import io.kintospring.query.KintoQuery;

/**
 * Calls to the history of a bucket. They require the capability {@code history}.
 *
 * @see <a href="https://docs.kinto-storage.org/en/stable/api/1.x/history.html">Kinto's
 * history</a>
 */
public final class HistoryCalls {

	private final ListCalls<KintoHistoryEntry> entries;

	HistoryCalls(ResourceContext bucket) {
		this.entries = new ListCalls<>(bucket, bucket.path() + "/history",
				KintoJson.own().mapping(KintoHistoryEntry.class));
	}

	/**
	 * Read a page of the history, the latest entry first.
	 * @param query the entries to list, without {@code fields} or {@code pages}
	 * @return the call
	 */
	public KintoCall<ListResult<KintoHistoryEntry>> list(KintoQuery.Customizer... query) {
		return this.entries.list("listHistory", query("listHistory", query)).requiring(Capabilities.HISTORY);
	}

	/**
	 * Read the whole history, one page ahead of the consumer.
	 * @param query the entries to list, without {@code fields}
	 * @return the sequence
	 */
	public KintoSequence<KintoObject<KintoHistoryEntry>> stream(KintoQuery.Customizer... query) {
		return this.entries.stream("streamHistory", query("streamHistory", query)).requiring(Capabilities.HISTORY);
	}

	/**
	 * Delete all entries.
	 * @return the flow
	 */
	public KintoFlow<List<KintoTombstone>> deleteAll() {
		return this.entries.deleteAll("purgeHistory").requiring(Capabilities.HISTORY).collect();
	}

	/**
	 * Delete all entries that match a query.
	 * @param query the entries to delete, with at least one filter
	 * @param more further customizers of the query
	 * @return the flow
	 */
	public KintoFlow<List<KintoTombstone>> deleteAll(KintoQuery.Customizer query, KintoQuery.Customizer... more) {
		return this.entries.deleteAll("purgeHistory", query, more).requiring(Capabilities.HISTORY).collect();
	}

	private static KintoQuery query(String operation, KintoQuery.Customizer... customizers) {
		KintoQuery query = KintoQuery.of(customizers);
		ListCalls.requireNoFields(operation, query);
		return query;
	}

}
