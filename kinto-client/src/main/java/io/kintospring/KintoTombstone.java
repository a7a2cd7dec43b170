package io.kintospring;

/**
 * What is left of a deleted object.
 *
 * @param id the id that the object had
 * @param lastModified when it was deleted, as a version
 * @see <a href="https://docs.kinto-storage.org/en/stable/api/1.x/records.html">Kinto's
 * records API</a>
 */
public record KintoTombstone(String id, KintoTimestamp lastModified) {
}
