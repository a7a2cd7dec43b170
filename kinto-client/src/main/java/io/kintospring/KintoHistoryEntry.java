package io.kintospring;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What was done to an object: an entry of a bucket's history.
 *
 * @param date when it was done
 * @param action {@code create}, {@code update} or {@code delete}
 * @param uri the path of the object
 * @param userId who did it
 * @param resourceName what kind of object it is, such as {@code record}
 * @param bucketId the id of the bucket, or {@code null} if the object is in the bucket
 * @param collectionId the id of the collection, or {@code null} if the object neither is
 * one nor is in one
 * @param groupId the id of the group, or {@code null} if the object is none
 * @param recordId the id of the record, or {@code null} if the object is none
 * @param target what the object was afterwards
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
	 * What an object was after it was created, updated or deleted.
	 *
	 * @param data the attributes, with the id and the version; of a deleted object, what
	 * was left of it
	 * @param permissions who might do what with the object
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Target(@JsonProperty("data") Map<String, Object> data,
			@JsonProperty("permissions") KintoPermissions permissions) {

		/**
		 * Create what an object was.
		 * @param data the attributes, or {@code null} for none
		 * @param permissions the permissions, or {@code null} for none
		 */
		public Target(@Nullable Map<String, Object> data, @Nullable KintoPermissions permissions) {
			this.data = (data != null) ? Collections.unmodifiableMap(new LinkedHashMap<>(data)) : Map.of();
			this.permissions = (permissions != null) ? permissions : KintoPermissions.none();
		}

	}

}
