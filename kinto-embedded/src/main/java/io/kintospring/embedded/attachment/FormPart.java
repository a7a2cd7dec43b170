package io.kintospring.embedded.attachment;

import org.jspecify.annotations.Nullable;

/**
 * Part of a multipart form.
 *
 * @param name the name of the field, or {@code null} if the part does not have one
 * @param filename the name of the file, or {@code null} if the part is not a file
 * @param type the declared media type, without parameters
 * @param content the content
 */
public record FormPart(@Nullable String name, @Nullable String filename, String type, byte[] content) {

}
