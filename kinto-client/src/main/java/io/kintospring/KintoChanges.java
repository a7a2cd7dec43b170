package io.kintospring;

import java.util.List;

/**
 * Changes of a collection since a checkpoint.
 * <p>
 * Kinto keeps only the last state of each record. A record that changed twice is
 * contained once, and created and updated records are not distinguished. A tombstone can
 * belong to a record that was created and deleted between two reads.
 *
 * @param <T> the type of the data
 * @param saved the created and updated records, in the order of their versions
 * @param deleted the tombstones of deleted records, in the order of their versions
 * @param checkpoint the position to continue from. The next read misses no later change,
 * and repeats none.
 */
public record KintoChanges<T>(List<KintoObject<T>> saved, List<KintoTombstone> deleted, KintoCheckpoint checkpoint) {

	/**
	 * Return whether there are no changes.
	 * @return {@code true} if no record was saved or deleted
	 */
	public boolean isEmpty() {
		return this.saved.isEmpty() && this.deleted.isEmpty();
	}

}
