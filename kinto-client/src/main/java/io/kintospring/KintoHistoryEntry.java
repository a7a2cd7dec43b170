package io.kintospring;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Entry of the history of a bucket: one change of one object.
 *
 * @param date the time of the change
 * @param action {@code create}, {@code update} or {@code delete}
 * @param uri the path of the object
 * @param userId the id of the user that made the change
 * @param resourceName the kind of object, such as {@code record}
 * @param bucketId the id of the bucket, or {@code null} if the server does not report it
 * @param collectionId the id of the collection, or {@code null} if the object is neither
 * a collection nor a record
 * @param groupId the id of the group, or {@code null} if the object is not a group
 * @param recordId the id of the record, or {@code null} if the object is not a record
 * @param target the object after the change
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/history.html">Kinto's
 * history</a>
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record KintoHistoryEntry(@JsonProperty("date") Instant date, @JsonProperty("action") String action,
		@JsonProperty("uri") String uri, @JsonProperty("user_id") String userId,
		@JsonProperty("resource_name") String resourceName, @JsonProperty("bucket_id") @Nullable String bucketId,
		@JsonProperty("collection_id") @Nullable String collectionId,
		@JsonProperty("group_id") @Nullable String groupId, @JsonProperty("record_id") @Nullable String recordId,
		@JsonProperty("target") Target target) {

	/**
	 * State of an object after a change.
	 *
	 * @param data the attributes with id and version, or the tombstone of a deleted
	 * object
	 * @param permissions the permissions of the object
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Target(@JsonProperty("data") Map<String, Object> data,
			@JsonProperty("permissions") KintoPermissions permissions) {

		/**
		 * Create the state of an object.
		 * @param data the attributes, or {@code null} for none
		 * @param permissions the permissions, or {@code null} for none
		 */
		public Target(@Nullable Map<String, Object> data, @Nullable KintoPermissions permissions) {
			this.data = (data != null) ? Collections.unmodifiableMap(new LinkedHashMap<>(data)) : Map.of();
			this.permissions = (permissions != null) ? permissions : KintoPermissions.none();
		}

	}

}
