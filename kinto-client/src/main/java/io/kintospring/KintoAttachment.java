package io.kintospring;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Metadata of the file that is attached to a record. A record class can have an
 * {@code attachment} property of this type.
 *
 * @param filename the name of the uploaded file
 * @param hash the SHA-256 hash of the file, in hexadecimal digits
 * @param location the URL of the file; if it is relative, the server announces the base
 * URL
 * @param mimetype the media type
 * @param size the number of bytes
 * @see <a href="https://github.com/Kinto/kinto-attachment">kinto-attachment</a>
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record KintoAttachment(@JsonProperty("filename") String filename, @JsonProperty("hash") String hash,
		@JsonProperty("location") String location, @JsonProperty("mimetype") String mimetype,
		@JsonProperty("size") long size) {
}
