package io.kintospring.embedded.storage;

/**
 * A file.
 *
 * @param type the media type, as it was told
 * @param content the bytes, which nobody may change
 */
public record StoredFile(String type, byte[] content) {

}
