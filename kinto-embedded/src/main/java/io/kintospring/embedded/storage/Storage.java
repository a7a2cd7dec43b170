package io.kintospring.embedded.storage;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * All objects, in memory.
 * <p>
 * What is handed out is never changed afterwards, and must not be changed by those who
 * get it. Not safe for use by several threads at once.
 */
public final class Storage {

	private final Map<ListUri, ObjectList> lists = new HashMap<>();

	private final Ticker ticker;

	/**
	 * Creates an empty storage.
	 * @param clock what time it is; timestamps strictly grow even if it does not
	 */
	public Storage(Clock clock) {
		this.ticker = new Ticker(clock);
	}

	/**
	 * When a list was changed the last time. A list that was never asked for is taken to
	 * change now.
	 * @param uri the list
	 * @return the time in milliseconds
	 */
	public long timestamp(ListUri uri) {
		return list(uri).timestamp();
	}

	/**
	 * An object.
	 * @param uri where it is
	 * @return the object, none if there is none
	 */
	public @Nullable ObjectNode find(ObjectUri uri) {
		ObjectList list = this.lists.get(uri.list());
		return (list != null) ? list.find(uri.id()) : null;
	}

	/**
	 * Stores an object in the place of the one that may be there, and removes its
	 * tombstone.
	 * @param uri where
	 * @param data the object; its <code>last_modified</code> is kept if there is one, but
	 * for one that equals the list's own timestamp
	 * @return the stored object
	 */
	public ObjectNode put(ObjectUri uri, ObjectNode data) {
		return list(uri.list()).put(uri.id(), data);
	}

	/**
	 * Deletes an object.
	 * @param uri the list that the object is in
	 * @param object the object
	 * @param lastModified the time of its tombstone, or {@code null} for the current one
	 * @return the tombstone
	 */
	public ObjectNode delete(ListUri uri, ObjectNode object, @Nullable Long lastModified) {
		return list(uri).delete(object, lastModified);
	}

	/**
	 * All objects of a list, in any order.
	 * @param uri the list
	 * @return the objects
	 */
	public Collection<ObjectNode> all(ListUri uri) {
		ObjectList list = this.lists.get(uri);
		return (list != null) ? list.all() : List.of();
	}

	/**
	 * Some objects of a list.
	 * @param uri the list
	 * @param selection which ones
	 * @return the objects
	 */
	public List<ObjectNode> select(ListUri uri, Selection selection) {
		return list(uri).select(selection);
	}

	/**
	 * How many objects of a list meet some conditions, tombstones not counted.
	 * @param uri the list
	 * @param filters the conditions
	 * @return how many
	 */
	public long count(ListUri uri, List<Filter> filters) {
		return list(uri).count(filters);
	}

	/**
	 * Removes everything below an object, without a trace.
	 * @param object where the object is
	 */
	public void removeBelow(ObjectUri object) {
		this.lists.keySet().removeIf((list) -> list.isBelow(object));
	}

	/**
	 * Removes everything.
	 */
	public void flush() {
		this.lists.clear();
	}

	private ObjectList list(ListUri uri) {
		return this.lists.computeIfAbsent(uri, (key) -> new ObjectList(this.ticker));
	}

}
