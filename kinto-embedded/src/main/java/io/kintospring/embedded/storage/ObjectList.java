package io.kintospring.embedded.storage;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Objects of one list, with the tombstones of deleted objects and the time of the last
 * change.
 */
final class ObjectList {

	private static final int MAX_VIEWS = 8;

	private final Map<String, ObjectNode> objects = new LinkedHashMap<>();

	private final Map<String, ObjectNode> tombstones = new LinkedHashMap<>();

	private final Map<Order, SortedObjects> views = new LinkedHashMap<>();

	private final Ticker ticker;

	private final Backend backend;

	private final Transactions transactions;

	/** Lower bound of the time of the last change. */
	private final long created;

	private long timestamp;

	/**
	 * Versions of all objects and tombstones, or {@code null} until they are needed.
	 */
	private @Nullable Set<Long> versions;

	ObjectList(Ticker ticker, Backend backend, Transactions transactions) {
		this.ticker = ticker;
		this.backend = backend;
		this.transactions = transactions;
		this.created = ticker.next();
		this.timestamp = this.created;
	}

	ObjectList(Ticker ticker, Backend backend, Transactions transactions, StoredList stored) {
		this.ticker = ticker;
		this.backend = backend;
		this.transactions = transactions;
		this.created = stored.timestamp();
		this.timestamp = this.created;
		stored.objects().forEach((object) -> this.objects.put(Fields.id(object), object));
		stored.tombstones().forEach((tombstone) -> this.tombstones.put(Fields.id(tombstone), tombstone));
	}

	StoredList stored(ListUri uri) {
		return new StoredList(uri, this.timestamp, List.copyOf(this.objects.values()),
				List.copyOf(this.tombstones.values()));
	}

	long timestamp() {
		return this.timestamp;
	}

	@Nullable ObjectNode find(String id) {
		return this.objects.get(id);
	}

	ObjectNode put(String id, ObjectNode data) {
		ObjectNode written = this.backend.written(data);
		ObjectNode kept = this.backend.kept(written);
		long before = this.timestamp;
		long version = stamp(id, Fields.integer(data, Fields.LAST_MODIFIED));
		List.of(kept, written).forEach((object) -> object.put(Fields.ID, id).put(Fields.LAST_MODIFIED, version));
		replace(id, kept, null, before);
		return written;
	}

	ObjectNode delete(ObjectNode object, @Nullable Long lastModified) {
		long before = this.timestamp;
		String id = Fields.id(object);
		ObjectNode tombstone = object.objectNode()
			.put(Fields.ID, id)
			.put(Fields.LAST_MODIFIED, stamp(id, lastModified))
			.put(Fields.DELETED, true);
		replace(id, null, tombstone, before);
		return tombstone;
	}

	Collection<ObjectNode> all() {
		return List.copyOf(this.objects.values());
	}

	List<ObjectNode> select(Selection selection) {
		if (this.views.size() > MAX_VIEWS) {
			this.views.clear();
		}
		return this.views.computeIfAbsent(new Order(selection.sorting(), selection.includeDeleted()), this::sorted)
			.select(selection);
	}

	long count(List<Filter> filters) {
		return this.objects.values().stream().filter(Filter.all(filters, this.backend)).count();
	}

	private SortedObjects sorted(Order order) {
		Collection<ObjectNode> objects = this.objects.values();
		if (order.includeDeleted()) {
			objects = Stream.concat(objects.stream(), this.tombstones.values().stream()).toList();
		}
		return new SortedObjects(objects, order.sorting(), this.backend);
	}

	private void replace(String id, @Nullable ObjectNode object, @Nullable ObjectNode tombstone, long timestampBefore) {
		ObjectNode objectBefore = this.objects.get(id);
		ObjectNode tombstoneBefore = this.tombstones.get(id);
		set(id, object, tombstone);
		forgetNewest((objectBefore != null) ? objectBefore : tombstoneBefore, timestampBefore);
		this.transactions.onRollback(() -> {
			set(id, objectBefore, tombstoneBefore);
			this.timestamp = timestampBefore;
		});
	}

	/**
	 * PostgreSQL computes the time of the last change from the versions, so it goes back
	 * if the newest object gets an older version.
	 */
	private void forgetNewest(@Nullable ObjectNode before, long timestampBefore) {
		if (this.transactions.isSupported() && this.timestamp == timestampBefore && before != null
				&& Fields.lastModified(before) == timestampBefore) {
			this.timestamp = versions().stream().reduce(this.created, Math::max);
		}
	}

	private void set(String id, @Nullable ObjectNode object, @Nullable ObjectNode tombstone) {
		ObjectNode before = own(id);
		ObjectNode after = (object != null) ? object : tombstone;
		set(this.objects, id, object);
		set(this.tombstones, id, tombstone);
		if (this.versions != null) {
			if (before != null) {
				this.versions.remove(Fields.lastModified(before));
			}
			if (after != null) {
				this.versions.add(Fields.lastModified(after));
			}
		}
		this.views.clear();
	}

	private static void set(Map<String, ObjectNode> all, String id, @Nullable ObjectNode value) {
		all.remove(id);
		if (value != null) {
			all.put(id, value);
		}
	}

	private long stamp(String id, @Nullable Long wanted) {
		if (wanted == null) {
			return next(id);
		}
		if (wanted == this.timestamp) {
			return this.transactions.isSupported() ? next(id) : ++this.timestamp;
		}
		if (this.transactions.isSupported() && isVersionOfOther(id, wanted)) {
			throw new ConstraintViolatedException("Another object of the list has the version " + wanted);
		}
		this.timestamp = Math.max(this.timestamp, wanted);
		return wanted;
	}

	private long next(String id) {
		Long reserved = this.transactions.timestamp();
		long next = (reserved != null && isLater(reserved, id)) ? unused(reserved)
				: Math.max(this.ticker.next(), this.timestamp + 1);
		this.timestamp = Math.max(this.timestamp, next);
		return next;
	}

	/**
	 * Return whether a reserved timestamp is after the version of an object, and after
	 * versions that clients have chosen in the future.
	 */
	private boolean isLater(long reserved, String id) {
		ObjectNode own = own(id);
		return (own == null || Fields.lastModified(own) < reserved) && this.timestamp <= this.ticker.last();
	}

	private long unused(long timestamp) {
		long unused = timestamp;
		while (versions().contains(unused)) {
			unused++;
		}
		return unused;
	}

	private boolean isVersionOfOther(String id, long version) {
		ObjectNode own = own(id);
		return versions().contains(version) && (own == null || Fields.lastModified(own) != version);
	}

	private @Nullable ObjectNode own(String id) {
		return this.objects.getOrDefault(id, this.tombstones.get(id));
	}

	private Set<Long> versions() {
		if (this.versions == null) {
			this.versions = Stream.of(this.objects, this.tombstones)
				.flatMap((all) -> all.values().stream())
				.map(Fields::lastModified)
				.collect(Collectors.toCollection(HashSet::new));
		}
		return this.versions;
	}

	/**
	 * Order of a view of the list.
	 *
	 * @param sorting the sort order
	 * @param includeDeleted whether the view contains tombstones
	 */
	private record Order(Sorting sorting, boolean includeDeleted) {
	}

}
