package io.kintospring;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Permissions of the current user on one object.
 *
 * @param uri the path of the object, or {@code /} for the server
 * @param resourceName the kind of object, such as {@code record}, or {@code root} for the
 * server
 * @param permissions the permissions, such as {@code write} or {@code record:create}.
 * Plugins can add others, such as {@code read:attributes}.
 * @param bucketId the id of the bucket, or {@code null} for the server
 * @param collectionId the id of the collection, or {@code null} if the object is neither
 * a collection nor a record
 * @param groupId the id of the group, or {@code null} if the object is not a group
 * @param recordId the id of the record, or {@code null} if the object is not a record
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
