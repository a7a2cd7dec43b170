package io.kintospring.embedded.storage;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Transactions of a storage, one at a time.
 * <p>
 * A change registers how to undo it. All stores of a server share one instance, so they
 * are undone together. Kinto's memory backend has no transactions: its changes cannot be
 * undone. Not thread-safe.
 */
public final class Transactions {

	private final boolean supported;

	private final Deque<Runnable> undo = new ArrayDeque<>();

	/**
	 * Create transactions.
	 * @param supported whether changes can be undone
	 */
	public Transactions(boolean supported) {
		this.supported = supported;
	}

	/**
	 * Register how to undo a change of the current transaction.
	 * @param change undoes the change
	 */
	public void onRollback(Runnable change) {
		if (this.supported) {
			this.undo.push(change);
		}
	}

	/**
	 * End the current transaction, and keep its changes.
	 */
	public void commit() {
		this.undo.clear();
	}

	/**
	 * End the current transaction, and undo its changes.
	 * @return whether the changes were undone; {@code false} if transactions are not
	 * supported
	 */
	public boolean rollback() {
		while (!this.undo.isEmpty()) {
			this.undo.pop().run();
		}
		return this.supported;
	}

	boolean isSupported() {
		return this.supported;
	}

}
