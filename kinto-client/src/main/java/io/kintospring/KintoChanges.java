package io.kintospring;

import java.util.List;

/**
 * What has changed in a collection since a checkpoint.
 * <p>
 * Kinto keeps the last state of each record only: one that was changed twice is there
 * once, and one that was created is not told apart from one that was updated.
 *
 * @param <T> the type of the data
 * @param saved the records that were created or updated, in the order in which they were
 * @param deleted the records that were deleted, in the order in which they were
 * @param checkpoint where to go on: nothing that happens later is missed from there, and
 * what happens at this very moment may come again
 */
public record KintoChanges<T>(List<KintoObject<T>> saved, List<KintoTombstone> deleted, KintoTimestamp checkpoint) {

	/**
	 * Return whether nothing has changed.
	 * @return {@code true} if no record was saved or deleted
	 */
	public boolean isEmpty() {
		return this.saved.isEmpty() && this.deleted.isEmpty();
	}

}
