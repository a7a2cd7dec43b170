package io.kintospring.embedded.storage;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

	private long timestamp;

	ObjectList(Ticker ticker) {
		this.ticker = ticker;
		this.timestamp = ticker.next();
	}

	ObjectList(Ticker ticker, StoredList stored) {
		this.ticker = ticker;
		this.timestamp = stored.timestamp();
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
		ObjectNode stored = data.deepCopy();
		stored.put(Fields.ID, id);
		stored.put(Fields.LAST_MODIFIED, stamp(Fields.integer(data, Fields.LAST_MODIFIED)));
		this.objects.remove(id);
		this.objects.put(id, stored);
		this.tombstones.remove(id);
		changed();
		return stored;
	}

	ObjectNode delete(ObjectNode object, @Nullable Long lastModified) {
		String id = Fields.id(object);
		ObjectNode tombstone = object.objectNode()
			.put(Fields.ID, id)
			.put(Fields.LAST_MODIFIED, stamp(lastModified))
			.put(Fields.DELETED, true);
		this.objects.remove(id);
		this.tombstones.put(id, tombstone);
		changed();
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
		return this.objects.values().stream().filter((object) -> Filter.allMatch(filters, object)).count();
	}

	private SortedObjects sorted(Order order) {
		Collection<ObjectNode> objects = this.objects.values();
		if (order.includeDeleted()) {
			objects = Stream.concat(objects.stream(), this.tombstones.values().stream()).toList();
		}
		return new SortedObjects(objects, order.sorting());
	}

	private void changed() {
		this.views.clear();
	}

	private long stamp(@Nullable Long wanted) {
		if (wanted == null) {
			this.timestamp = Math.max(this.ticker.next(), this.timestamp + 1);
			return this.timestamp;
		}
		if (wanted == this.timestamp) {
			return ++this.timestamp;
		}
		this.timestamp = Math.max(this.timestamp, wanted);
		return wanted;
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
