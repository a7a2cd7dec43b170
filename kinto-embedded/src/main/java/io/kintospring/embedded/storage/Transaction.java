package io.kintospring.embedded.storage;

import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Transaction that is concurrent with others: it reads objects as they were when it
 * began, and its changes meet those that were committed in the meantime.
 */
public final class Transaction {

	private final Snapshot snapshot = new Snapshot();

	private final boolean repeatableRead;

	private final @Nullable Long timestamp;

	private final BooleanSupplier collision;

	/**
	 * Whether it waited for another transaction with a change of the same object.
	 */
	private boolean waited;

	/**
	 * Create a transaction.
	 * @param repeatableRead whether it fails if it changes an object that another
	 * transaction has changed; otherwise, it overwrites the change
	 * @param timestamp the timestamp of its changes, or {@code null} for the time of each
	 * change
	 * @param collision decides for each change of a list that another transaction has
	 * changed whether both have the same timestamp
	 */
	public Transaction(boolean repeatableRead, @Nullable Long timestamp, BooleanSupplier collision) {
		this.repeatableRead = repeatableRead;
		this.timestamp = timestamp;
		this.collision = collision;
	}

	/**
	 * Accept the changes of a transaction that was committed in the meantime.
	 * @param before the objects before these changes
	 */
	void addCommitted(Snapshot before) {
		this.snapshot.addAll(before);
	}

	@Nullable ObjectNode read(ObjectUri uri, @Nullable ObjectNode current) {
		return this.snapshot.find(uri, current);
	}

	Map<String, Set<String>> readPermissions(ObjectUri uri, Map<String, Set<String>> current) {
		return this.snapshot.permissions(uri, current);
	}

	Map<ObjectUri, Set<String>> readMembers(Map<ObjectUri, Set<String>> current) {
		return this.snapshot.members(current);
	}

	/**
	 * See the current state of an object from now on.
	 * @param uri the URI of the object
	 * @throws SerializationFailedException if another transaction has changed the object,
	 * and the isolation level excludes this
	 */
	void refresh(ObjectUri uri) {
		if (this.repeatableRead && this.snapshot.contains(uri)) {
			throw new SerializationFailedException("Another transaction has changed " + uri);
		}
		this.snapshot.remove(uri);
	}

	/**
	 * Check a change of an object before it is made.
	 * @param uri the URI of the object
	 * @param current the current object, or {@code null} if it does not exist
	 * @throws SerializationFailedException if another transaction has changed the object,
	 * and the isolation level excludes this
	 * @throws ConstraintViolatedException if another transaction has created the object,
	 * or has the same timestamp
	 */
	void checkChange(ObjectUri uri, @Nullable ObjectNode current) {
		boolean created = current != null && read(uri, current) == null;
		// PostgreSQL locks the object, so all later timestamps are after those of the
		// other
		this.waited |= this.snapshot.contains(uri);
		boolean listChanged = this.snapshot.containsAny(uri.list());
		refresh(uri);
		if (created) {
			throw new ConstraintViolatedException("Another transaction has created " + uri);
		}
		if (!this.waited && listChanged && this.collision.getAsBoolean()) {
			throw new ConstraintViolatedException("Another transaction has the same timestamp in " + uri.list());
		}
	}

	@Nullable Long timestamp() {
		return this.timestamp;
	}

}
