package io.kintospring.protocol;

import java.util.List;

import io.kintospring.KintoHistoryEntry;
import io.kintospring.KintoObject;
import io.kintospring.KintoQuery;
import io.kintospring.KintoTombstone;
import io.kintospring.json.KintoJson;

/**
 * The calls to the history of a bucket.
 */
final class HistoryCalls {

	private final ListCalls<KintoHistoryEntry> entries;

	HistoryCalls(Scope bucket) {
		this.entries = new ListCalls<>(bucket, bucket.path() + "/history",
				KintoJson.own().mapping(KintoHistoryEntry.class));
	}

	KintoCall<ListResult<KintoHistoryEntry>> list(String operation, KintoQuery query) {
		requireWhole(operation, query);
		return this.entries.list(operation, query).requiring(Capabilities.HISTORY);
	}

	KintoSequence<KintoObject<KintoHistoryEntry>> stream(String operation, KintoQuery query) {
		requireWhole(operation, query);
		return this.entries.stream(operation, query).requiring(Capabilities.HISTORY);
	}

	KintoFlow<List<KintoTombstone>> purge(String operation, KintoQuery query) {
		return this.entries.delete(operation, query).requiring(Capabilities.HISTORY).collect();
	}

	KintoFlow<List<KintoTombstone>> purgeAll(String operation) {
		return this.entries.deleteAll(operation).requiring(Capabilities.HISTORY).collect();
	}

	private static void requireWhole(String operation, KintoQuery query) {
		if (!query.fields().isEmpty()) {
			throw new IllegalArgumentException(operation + " gives whole entries: it takes no fields(…)");
		}
	}

}
