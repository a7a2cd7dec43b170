package io.kintospring.embedded.storage;

/**
 * Stored file.
 *
 * @param type the media type that the client declared
 * @param content the content, which must not be changed
 */
public record StoredFile(String type, byte[] content) {

}
