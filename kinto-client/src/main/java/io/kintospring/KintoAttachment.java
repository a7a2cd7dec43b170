package io.kintospring;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a record says of the file that is attached to it. A class of records can have a
 * property {@code attachment} of this type.
 *
 * @param filename the name that the file was uploaded with
 * @param hash the SHA-256 of its bytes, in hexadecimal digits
 * @param location where it can be downloaded from; without a host, it is below the
 * address that the server tells of
 * @param mimetype its media type
 * @param size the number of its bytes
 * @see <a href="https://github.com/Kinto/kinto-attachment">kinto-attachment</a>
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record KintoAttachment(@JsonProperty("filename") String filename, @JsonProperty("hash") String hash,
		@JsonProperty("location") String location, @JsonProperty("mimetype") String mimetype,
		@JsonProperty("size") long size) {
}
