package io.kintospring.server;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * User that the credentials of a request identify.
 *
 * @param id the user id, such as {@code account:ann}
 * @param principals the principals of the user, which permissions can name
 * @param bucket the id of the user's personal bucket, or {@code null} if the server has
 * no such buckets
 */
public record KintoUser(@JsonProperty("id") String id, @JsonProperty("principals") Set<String> principals,
		@JsonProperty("bucket") @Nullable String bucket) {

	/**
	 * Create a user. Missing values become empty.
	 */
	public KintoUser {
		id = Objects.requireNonNullElse(id, "");
		principals = (principals != null) ? Collections.unmodifiableSet(new LinkedHashSet<>(principals)) : Set.of();
	}

}
