package io.kintospring;

import java.util.List;

/**
 * Changes of a collection since a checkpoint.
 * <p>
 * Kinto keeps only the last state of each record. A record that changed twice is
 * contained once, and created and updated records are not distinguished.
 *
 * @param <T> the type of the data
 * @param saved the created and updated records, in the order of their changes
 * @param deleted the tombstones of deleted records, in the order of their deletion
 * @param checkpoint the start of the next read. No later change is missed; a change at
 * that moment may be returned again.
 */
public record KintoChanges<T>(List<KintoObject<T>> saved, List<KintoTombstone> deleted, KintoTimestamp checkpoint) {

	/**
	 * Return whether there are no changes.
	 * @return {@code true} if no record was saved or deleted
	 */
	public boolean isEmpty() {
		return this.saved.isEmpty() && this.deleted.isEmpty();
	}

}
