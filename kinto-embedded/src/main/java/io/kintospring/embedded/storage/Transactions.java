package io.kintospring.embedded.storage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Transactions of a storage. They are executed one at a time, but some can begin earlier,
 * and are concurrent with those that are executed before them.
 * <p>
 * A change registers how to undo it. All stores of a server share one instance, so they
 * are undone together. Kinto's memory backend has no transactions: a rollback keeps its
 * changes. Not thread-safe.
 */
public final class Transactions {

	private final boolean supported;

	private final Deque<Runnable> undo = new ArrayDeque<>();

	private final List<Transaction> open = new ArrayList<>();

	private final Snapshot before = new Snapshot();

	private @Nullable Transaction current;

	/**
	 * Create transactions.
	 * @param supported whether a rollback undoes changes
	 */
	public Transactions(boolean supported) {
		this.supported = supported;
	}

	/**
	 * Register how to undo a change of the current transaction.
	 * @param change undoes the change
	 */
	public void onRollback(Runnable change) {
		this.undo.push(change);
	}

	/**
	 * Begin a transaction that is executed later.
	 * @param transaction the transaction
	 */
	public void begin(Transaction transaction) {
		this.open.add(transaction);
	}

	/**
	 * Execute a transaction until the next commit or rollback.
	 * @param transaction the transaction, which has begun
	 */
	public void execute(Transaction transaction) {
		this.open.remove(transaction);
		this.current = transaction;
	}

	/**
	 * End the current transaction, and keep its changes.
	 */
	public void commit() {
		this.undo.clear();
		this.open.forEach((transaction) -> transaction.addCommitted(this.before));
		end();
	}

	/**
	 * Undo the changes of the current transaction, as PostgreSQL does after an error.
	 * This does nothing if transactions are not supported.
	 */
	public void rollback() {
		if (this.supported) {
			undo();
		}
	}

	/**
	 * End the current transaction, and undo its changes even if transactions are not
	 * supported.
	 */
	public void undo() {
		while (!this.undo.isEmpty()) {
			this.undo.pop().run();
		}
		end();
	}

	/**
	 * Return the permissions on an object that the current transaction sees.
	 * @param uri the object
	 * @param permissions the current permissions
	 * @return the permissions
	 */
	public Map<String, Set<String>> readPermissions(ObjectUri uri, Map<String, Set<String>> permissions) {
		return (this.current != null) ? this.current.readPermissions(uri, permissions) : permissions;
	}

	/**
	 * Prepare a change of the permissions on an object, after a change of the object.
	 * @param uri the object
	 * @param permissions the permissions before the change
	 */
	public void changePermissions(ObjectUri uri, Map<String, Set<String>> permissions) {
		if (!this.open.isEmpty()) {
			this.before.addPermissions(uri, permissions);
		}
	}

	/**
	 * Return the members of all groups that the current transaction sees.
	 * @param members the current members
	 * @return the members; none of a group that does not exist
	 */
	public Map<ObjectUri, Set<String>> readMembers(Map<ObjectUri, Set<String>> members) {
		return (this.current != null) ? this.current.readMembers(members) : members;
	}

	/**
	 * Prepare a change of the members of a group.
	 * @param group the group
	 * @param members the members before the change; none if the group does not exist
	 */
	public void changeMembers(ObjectUri group, Set<String> members) {
		if (!this.open.isEmpty()) {
			this.before.addMembers(group, members);
		}
	}

	boolean isSupported() {
		return this.supported;
	}

	@Nullable ObjectNode read(ObjectUri uri, @Nullable ObjectNode object) {
		return (this.current != null) ? this.current.read(uri, object) : object;
	}

	void refresh(ObjectUri uri) {
		if (this.current != null) {
			this.current.refresh(uri);
		}
	}

	void change(ObjectUri uri, @Nullable ObjectNode object) {
		if (this.current != null) {
			this.current.checkChange(uri, object);
		}
		prepare(uri, object);
	}

	/**
	 * Prepare a change that cannot be in conflict with other transactions.
	 */
	void prepare(ObjectUri uri, @Nullable ObjectNode object) {
		if (!this.open.isEmpty()) {
			this.before.add(uri, object);
		}
	}

	/**
	 * Return the timestamp that the current transaction has reserved.
	 * @return the timestamp, or {@code null} if there is none
	 */
	@Nullable Long timestamp() {
		return (this.current != null) ? this.current.timestamp() : null;
	}

	private void end() {
		this.before.clear();
		this.current = null;
	}

}
