package io.kintospring.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.kintospring.KintoChanges;
import io.kintospring.KintoCheckpoint;
import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.json.DataMapping;
import io.kintospring.json.ServerFields;
import io.kintospring.protocol.KintoSequence.Slice;
import io.kintospring.query.KintoQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Calls that follow the changes of a collection.
 * <p>
 * On PostgreSQL, a change can become visible after a change with a newer version, within
 * the settle time. Each read starts at a version that is older than the list by this
 * time, and omits the changes that were delivered.
 *
 * @param <T> the type of the records' data
 */
final class ChangeCalls<T> {

	private static final Duration DEFAULT_SETTLE_TIME = Duration.ofSeconds(5);

	private static final KintoCheckpoint START = KintoCheckpoint.of(KintoTimestamp.of(0));

	private static final KintoQuery ALL = KintoQuery.of().sort(ServerFields.LAST_MODIFIED);

	/** Number of tombstones in one request. */
	private static final int TOMBSTONES = 100;

	/** A {@code Date} header has no fraction of a second. */
	private static final long DATE_ACCURACY_MILLIS = 999;

	private final String collection;

	private final Duration settleTime;

	private final ListCalls<T> lists;

	/**
	 * Create the calls.
	 * @param parent the context of the collection
	 * @param collection the name of the collection in checkpoints
	 */
	ChangeCalls(ResourceContext parent, String collection, DataMapping<T> mapping) {
		this.collection = collection;
		this.settleTime = Objects.requireNonNullElse(parent.options().settleTime(), DEFAULT_SETTLE_TIME);
		this.lists = new ListCalls<>(parent, ObjectKind.RECORD, mapping);
	}

	/**
	 * Read the changes since a checkpoint, or all objects.
	 */
	KintoFlow<KintoChanges<T>> changes(String operation, @Nullable KintoCheckpoint checkpoint) {
		return changes(start(operation, checkpoint), List.of());
	}

	private static <T> KintoFlow<KintoChanges<T>> changes(KintoCall<Step<T>> call, List<KintoChanges<T>> before) {
		return KintoFlow.ask(call).then((step) -> {
			List<KintoChanges<T>> all = Stream.concat(before.stream(), Stream.of(step.changes())).toList();
			return (step.next() != null) ? changes(step.next(), all) : KintoFlow.done(join(all));
		});
	}

	/**
	 * Join the changes of all pages. A record that changes in the meantime is on several
	 * pages, of which the last one counts: it may have been deleted and created again.
	 */
	private static <T> KintoChanges<T> join(List<KintoChanges<T>> all) {
		KintoChanges<T> end = all.get(all.size() - 1);
		if (all.size() == 1) {
			return end;
		}
		Map<String, KintoChanges<T>> last = new HashMap<>();
		for (KintoChanges<T> page : all) {
			page.saved().forEach((object) -> last.put(object.id(), page));
			page.deleted().forEach((tombstone) -> last.put(tombstone.id(), page));
		}
		return new KintoChanges<>(
				all.stream()
					.flatMap((page) -> page.saved().stream().filter((object) -> last.get(object.id()) == page))
					.toList(),
				all.stream()
					.flatMap((page) -> page.deleted().stream().filter((deleted) -> last.get(deleted.id()) == page))
					.toList(),
				end.checkpoint());
	}

	/**
	 * Poll for changes since a checkpoint, without an end.
	 */
	KintoSequence<KintoChanges<T>> watch(String operation, @Nullable KintoCheckpoint checkpoint, Duration interval) {
		if (interval.isNegative() || interval.isZero()) {
			throw new IllegalArgumentException("interval must be positive, but was " + interval);
		}
		Watch watch = new Watch(operation, interval);
		return new KintoSequence<>(start(operation, checkpoint).map((step) -> slice(watch, Quiet.UNKNOWN, step)), true);
	}

	private Slice<KintoChanges<T>> slice(Watch watch, Quiet quiet, Step<T> step) {
		List<KintoChanges<T>> elements = step.changes().isEmpty() ? List.of() : List.of(step.changes());
		if (step.next() != null) {
			return new Slice<>(elements, step.next().map((more) -> slice(watch, quiet, more)), Duration.ZERO);
		}
		Quiet now = quiet.after(step.version(), watch.interval());
		return new Slice<>(elements, poll(watch, now, step.changes().checkpoint()), watch.interval());
	}

	/**
	 * The version of the list does not change if an older change becomes visible. So
	 * polls have a precondition only after the version was the same for the settle time.
	 */
	private KintoCall<Slice<KintoChanges<T>>> poll(Watch watch, Quiet quiet, KintoCheckpoint known) {
		KintoQuery query = ALL.since(known.since());
		if (quiet.version() == null || quiet.duration().compareTo(this.settleTime) < 0) {
			return read(watch.operation(), query, known).map((step) -> slice(watch, quiet, step));
		}
		return read(watch.operation(), query.header(HttpHeaders.IF_NONE_MATCH, quiet.version().etag()), known)
			.ifModified()
			.map((found) -> found.map((step) -> slice(watch, quiet, step))
				.orElseGet(() -> new Slice<>(List.of(), poll(watch, quiet, known), watch.interval())));
	}

	private KintoCall<Step<T>> start(String operation, @Nullable KintoCheckpoint checkpoint) {
		if (checkpoint == null) {
			return this.settleTime.isZero() ? read(operation, ALL, START) : recentDeletions(operation);
		}
		String other = checkpoint.collection();
		if (other != null && !other.equals(this.collection)) {
			throw new IllegalArgumentException("The checkpoint is of the collection " + other + ", and not of "
					+ this.collection + ": pass a checkpoint of this collection, or null to start with all records");
		}
		return read(operation, ALL.since(checkpoint.since()), checkpoint);
	}

	/**
	 * Before all objects, read the deletions that the next read would contain, because
	 * they were made before the first one.
	 */
	private KintoCall<Step<T>> recentDeletions(String operation) {
		KintoQuery query = KintoQuery.of()
			.where(ServerFields.DELETED)
			.is(true)
			.since(START.since())
			.sort("-" + ServerFields.LAST_MODIFIED)
			.limit(TOMBSTONES);
		return this.lists.firstPage(operation, query,
				(page, response) -> deletions(operation, page, START, settled(page.timestamp(), response)));
	}

	private Step<T> deletions(String operation, ListResult<T> page, KintoCheckpoint before, KintoTimestamp settled) {
		List<KintoTombstone> recent = page.tombstones()
			.stream()
			.filter((tombstone) -> tombstone.lastModified().compareTo(settled) > 0)
			.toList();
		KintoCheckpoint known = before.advance(this.collection, START.since(), List.of(), recent);
		boolean all = recent.isEmpty() || recent.size() < page.tombstones().size();
		KintoCall<ListResult<T>> next = all ? null : page.next();
		return new Step<>(new KintoChanges<>(List.of(), List.of(), known), page.timestamp(), (next != null)
				? next.map((more) -> deletions(operation, more, known, settled)) : read(operation, ALL, known));
	}

	private KintoCall<Step<T>> read(String operation, KintoQuery query, KintoCheckpoint known) {
		return this.lists.firstPage(operation, query,
				(page, response) -> step(page, known, page.timestamp(), settled(page.timestamp(), response)));
	}

	/**
	 * Return the changes of a page.
	 * @param known the checkpoint before the page
	 * @param version the version of the list at the first page. Later pages may miss
	 * concurrent changes.
	 * @param settled the version up to which no further change becomes visible
	 */
	private Step<T> step(ListResult<T> page, KintoCheckpoint known, KintoTimestamp version, KintoTimestamp settled) {
		KintoCall<ListResult<T>> next = page.next();
		List<KintoObject<T>> saved = page.data()
			.stream()
			.filter((object) -> !known.contains(object.id(), object.lastModified()))
			.toList();
		List<KintoTombstone> deleted = page.tombstones()
			.stream()
			.filter((tombstone) -> !known.contains(tombstone.id(), tombstone.lastModified()))
			.toList();
		KintoTimestamp read = (next != null) ? earlier(last(page, known), settled) : settled;
		KintoCheckpoint checkpoint = known.advance(this.collection, later(known.since(), read), saved, deleted);
		return new Step<>(new KintoChanges<>(saved, deleted, checkpoint), version,
				(next != null) ? next.map((more) -> step(more, checkpoint, version, settled)) : null);
	}

	/**
	 * Changes are sorted by version, so all changes up to the last one were delivered.
	 */
	private KintoTimestamp last(ListResult<T> page, KintoCheckpoint known) {
		return Stream
			.concat(page.data().stream().map(KintoObject::lastModified),
					page.tombstones().stream().map(KintoTombstone::lastModified))
			.max(Comparator.naturalOrder())
			.orElse(known.since());
	}

	/**
	 * Return the version up to which all changes were visible when the server responded.
	 * <p>
	 * A version is the time of a write, or later, by the clock of the database. So the
	 * versions of writes in flight are not older than the settle time. The version of the
	 * list is the lower limit of this clock, unless Kinto moved it ahead: after many
	 * writes at once, or for an explicit version. The {@code Date} header shows this. The
	 * clock of the client has no influence.
	 */
	private KintoTimestamp settled(KintoTimestamp version, KintoResponse response) {
		String header = response.headers().getFirst(HttpHeaders.DATE);
		Instant date = (header != null) ? HttpDates.parse(header, Instant.ofEpochMilli(version.value())) : null;
		long time = (date != null) ? Math.min(version.value(), date.toEpochMilli() + DATE_ACCURACY_MILLIS)
				: version.value();
		return KintoTimestamp.of(Math.max(0, time - this.settleTime.toMillis()));
	}

	private static KintoTimestamp earlier(KintoTimestamp one, KintoTimestamp other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	private static KintoTimestamp later(KintoTimestamp one, KintoTimestamp other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	/**
	 * Part of a read.
	 *
	 * @param changes the changes, possibly none, and the checkpoint after them
	 * @param version the version of the list at the first page
	 * @param next reads the next part, or {@code null} if this is the last one
	 */
	private record Step<T>(KintoChanges<T> changes, KintoTimestamp version, @Nullable KintoCall<Step<T>> next) {
	}

	private record Watch(String operation, Duration interval) {
	}

	/**
	 * Time for which the list has had the same version. It is the sum of the pauses, so
	 * it depends on no clock.
	 *
	 * @param version the version of the list, or {@code null} if it is not known
	 * @param duration the time
	 */
	private record Quiet(@Nullable KintoTimestamp version, Duration duration) {

		static final Quiet UNKNOWN = new Quiet(null, Duration.ZERO);

		Quiet after(KintoTimestamp current, Duration pause) {
			return new Quiet(current, current.equals(this.version) ? this.duration.plus(pause) : Duration.ZERO);
		}

	}

}
