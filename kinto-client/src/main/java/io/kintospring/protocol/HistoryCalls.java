package io.kintospring.protocol;

import java.util.List;

import io.kintospring.KintoHistoryEntry;
import io.kintospring.KintoObject;
import io.kintospring.KintoQuery;
import io.kintospring.KintoTombstone;

/**
 * The calls to the history of a bucket.
 */
final class HistoryCalls {

	private final Plugin history;

	private final ListCalls<KintoHistoryEntry> entries;

	HistoryCalls(Scope bucket) {
		this.history = new Plugin(Plugin.HISTORY, bucket.memory());
		this.entries = new ListCalls<>(bucket, bucket.path() + "/history",
				bucket.json().mapping(KintoHistoryEntry.class));
	}

	KintoFlow<ListResult<KintoHistoryEntry>> list(String operation, KintoQuery query) {
		requireWhole(operation, query);
		return this.history.ask(this.entries.list(operation, query));
	}

	KintoSequence<KintoObject<KintoHistoryEntry>> stream(String operation, KintoQuery query) {
		requireWhole(operation, query);
		return this.history.ask(this.entries.stream(operation, query));
	}

	KintoFlow<List<KintoTombstone>> purge(String operation, KintoQuery query) {
		return this.history.ask(this.entries.delete(operation, query)).collect();
	}

	KintoFlow<List<KintoTombstone>> purgeAll(String operation) {
		return this.history.ask(this.entries.deleteAll(operation)).collect();
	}

	private static void requireWhole(String operation, KintoQuery query) {
		if (!query.fields().isEmpty()) {
			throw new IllegalArgumentException(operation + " gives whole entries: it takes no fields(…)");
		}
	}

}
