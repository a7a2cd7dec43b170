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
 * @param checkpoint the version to start the next read from. The next read misses no
 * later change, and may repeat changes that were made during this read.
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
