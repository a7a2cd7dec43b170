package io.kintospring;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What the user may do with an object.
 *
 * @param uri the path of the object; {@code /} for the server as a whole
 * @param resourceName what kind of object it is, such as {@code record}; {@code root} for
 * the server as a whole
 * @param permissions what the user may do, such as {@code write}, {@code record:create}
 * or {@code read:attributes}: plugins add more
 * @param bucketId the id of the bucket that the object is or is in, or {@code null} if it
 * is neither
 * @param collectionId the id of the collection that the object is or is in, or
 * {@code null} if it is neither
 * @param groupId the id of the group, or {@code null} if the object is none
 * @param recordId the id of the record, or {@code null} if the object is none
 * @see <a href=
 * "https://docs.kinto-storage.org/en/stable/api/1.x/permissions.html">Kinto's
 * permissions</a>
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record KintoPermissionEntry(@JsonProperty(value = "uri", required = true) String uri,
		@JsonProperty(value = "resource_name", required = true) String resourceName,
		@JsonProperty(value = "permissions", required = true) Set<String> permissions,
		@JsonProperty("bucket_id") @Nullable String bucketId,
		@JsonProperty("collection_id") @Nullable String collectionId,
		@JsonProperty("group_id") @Nullable String groupId, @JsonProperty("record_id") @Nullable String recordId) {

	/**
	 * Create an entry.
	 */
	public KintoPermissionEntry {
		permissions = Collections.unmodifiableSet(new LinkedHashSet<>(permissions));
	}

}
