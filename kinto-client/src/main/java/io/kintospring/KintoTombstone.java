package io.kintospring;

/**
 * Tombstone of a deleted object.
 *
 * @param id the id of the object
 * @param lastModified the version of the deletion
 * @see <a href="https://docs.kinto-storage.org/en/stable/api/1.x/records.html">Kinto's
 * records API</a>
 */
public record KintoTombstone(String id, KintoTimestamp lastModified) {
}
