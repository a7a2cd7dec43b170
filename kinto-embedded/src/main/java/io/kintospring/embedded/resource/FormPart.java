package io.kintospring.embedded.resource;

import org.jspecify.annotations.Nullable;

/**
 * A part of a multipart form.
 *
 * @param name the name of the field, none if the part does not tell it
 * @param filename the name of the file, none if the part is no file
 * @param type the type of the content without parameters, as the client tells it
 * @param content the content
 */
record FormPart(@Nullable String name, @Nullable String filename, String type, byte[] content) {

}
