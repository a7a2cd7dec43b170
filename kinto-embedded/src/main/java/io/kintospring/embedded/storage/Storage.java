package io.kintospring.embedded.storage;

import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * In-memory storage of all objects.
 * <p>
 * The storage never changes an object after returning it, and callers must not change it
 * either. Not thread-safe.
 */
public final class Storage {

	private final Map<ListUri, ObjectList> lists = new LinkedHashMap<>();

	private final Ticker ticker;

	private final Backend backend;

	private final Transactions transactions;

	/**
	 * Create an empty storage.
	 * @param clock the clock; timestamps increase strictly even if the clock does not
	 * @param backend the backend to imitate
	 * @param transactions the transactions of the changes. If they are supported, the
	 * versions in a list are unique, as on PostgreSQL.
	 */
	public Storage(Clock clock, Backend backend, Transactions transactions) {
		this.ticker = new Ticker(clock);
		this.backend = backend;
		this.transactions = transactions;
	}

	/**
	 * Return the time of the last change of a list. An unknown list counts as changed
	 * now.
	 * @param uri the list
	 * @return the time in milliseconds
	 */
	public long timestamp(ListUri uri) {
		return list(uri).timestamp();
	}

	/**
	 * Return an object.
	 * @param uri the URI of the object
	 * @return the object, or {@code null} if it does not exist
	 */
	public @Nullable ObjectNode find(ObjectUri uri) {
		return this.transactions.read(uri, current(uri));
	}

	/**
	 * See the current state of an object and its permissions from now on, even if it
	 * changed since the transaction began.
	 * @param uri the URI of the object
	 * @throws SerializationFailedException if the isolation level of the transaction
	 * excludes this, and a concurrent transaction has changed the object
	 */
	public void refresh(ObjectUri uri) {
		this.transactions.refresh(uri);
	}

	/**
	 * Store an object. It replaces an existing object with the same URI, and removes the
	 * tombstone.
	 * @param uri the URI of the object
	 * @param data the object; its {@code last_modified} is kept unless it equals the
	 * timestamp of the list
	 * @return the object as it was written. The storage may keep numbers in another form.
	 * @throws BackendException if the backend cannot store the object
	 * @throws ConstraintViolatedException if another object of the list has the version,
	 * or a concurrent transaction is in conflict
	 * @throws SerializationFailedException if a concurrent transaction has changed the
	 * object
	 */
	public ObjectNode put(ObjectUri uri, ObjectNode data) {
		this.transactions.change(uri, current(uri));
		return list(uri.list()).put(uri.id(), data);
	}

	/**
	 * Delete an object.
	 * @param uri the list that contains the object
	 * @param object the object
	 * @param lastModified the time of its tombstone, or {@code null} for the current time
	 * @return the tombstone, or {@code null} if a concurrent transaction has deleted the
	 * object
	 * @throws ConstraintViolatedException if another object of the list has the version,
	 * or a concurrent transaction is in conflict
	 * @throws SerializationFailedException if a concurrent transaction has changed the
	 * object
	 */
	public @Nullable ObjectNode delete(ListUri uri, ObjectNode object, @Nullable Long lastModified) {
		ObjectUri deleted = uri.object(Fields.id(object));
		ObjectNode current = current(deleted);
		this.transactions.change(deleted, current);
		return (current != null) ? list(uri).delete(object, lastModified) : null;
	}

	/**
	 * Return all objects of a list, in no particular order.
	 * @param uri the list
	 * @return the objects
	 */
	public Collection<ObjectNode> all(ListUri uri) {
		ObjectList list = this.lists.get(uri);
		return (list != null) ? list.all() : List.of();
	}

	/**
	 * Return the objects of a list that a selection selects.
	 * @param uri the list
	 * @param selection the selection
	 * @return the objects
	 * @throws BackendException if the backend does not support a filter
	 */
	public List<ObjectNode> select(ListUri uri, Selection selection) {
		return list(uri).select(selection);
	}

	/**
	 * Count the objects of a list that meet all conditions. Tombstones do not count.
	 * @param uri the list
	 * @param filters the conditions
	 * @return the number of objects
	 * @throws BackendException if the backend does not support a filter
	 */
	public long count(ListUri uri, List<Filter> filters) {
		return list(uri).count(filters);
	}

	/**
	 * Remove everything below an object, without leaving tombstones.
	 * @param object the URI of the object
	 */
	public void removeBelow(ObjectUri object) {
		this.lists.entrySet().removeIf((entry) -> {
			ListUri uri = entry.getKey();
			ObjectList list = entry.getValue();
			boolean below = uri.isBelow(object);
			if (below) {
				list.all().forEach((removed) -> this.transactions.prepare(uri.object(Fields.id(removed)), removed));
				this.transactions.onRollback(() -> this.lists.put(uri, list));
			}
			return below;
		});
	}

	/**
	 * Reserve the timestamp of later changes.
	 * @return the time in milliseconds
	 */
	public long reserveTimestamp() {
		return this.ticker.next();
	}

	/**
	 * Return the last timestamp of all lists.
	 * @return the time in milliseconds
	 */
	public long lastTimestamp() {
		return this.ticker.last();
	}

	/**
	 * Return all lists with their objects and tombstones.
	 * @return the lists, in the order of their creation
	 */
	public List<StoredList> lists() {
		return this.lists.entrySet().stream().map((list) -> list.getValue().stored(list.getKey())).toList();
	}

	/**
	 * Replace a list.
	 * @param list the content of the list
	 */
	public void restore(StoredList list) {
		this.lists.put(list.uri(), new ObjectList(this.ticker, this.backend, this.transactions, list));
	}

	/**
	 * Make all later timestamps greater than one.
	 * @param timestamp the timestamp in milliseconds
	 */
	public void continueAfter(long timestamp) {
		this.ticker.continueAfter(timestamp);
	}

	/**
	 * Remove all objects.
	 */
	public void flush() {
		this.lists.clear();
	}

	private @Nullable ObjectNode current(ObjectUri uri) {
		ObjectList list = this.lists.get(uri.list());
		return (list != null) ? list.find(uri.id()) : null;
	}

	private ObjectList list(ListUri uri) {
		return this.lists.computeIfAbsent(uri, (key) -> {
			this.transactions.onRollback(() -> this.lists.remove(key));
			return new ObjectList(this.ticker, this.backend, this.transactions);
		});
	}

}
