package io.kintospring.server;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a server that matter to clients.
 *
 * @param batchMaxRequests the maximum number of requests in a batch; 0 for no limit
 * @param readonly whether the server rejects all writes
 * @param explicitPermissions whether the user who creates an object is added to its
 * permissions
 * @param all all settings that the server sends, by name
 */
public record KintoServerSettings(int batchMaxRequests, boolean readonly, boolean explicitPermissions,
		Map<String, @Nullable Object> all) {

	/**
	 * Create settings.
	 * @param all all settings that the server sends, by name
	 * @return the settings. Without {@code batch_max_requests} there is no limit,
	 * {@code readonly} defaults to {@code false}, and {@code explicit_permissions} to
	 * {@code true}.
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public static KintoServerSettings of(Map<String, @Nullable Object> all) {
		int batchMaxRequests = (all.get("batch_max_requests") instanceof Number number) ? number.intValue() : 0;
		return new KintoServerSettings(batchMaxRequests, Boolean.TRUE.equals(all.get("readonly")),
				!Boolean.FALSE.equals(all.get("explicit_permissions")),
				Collections.unmodifiableMap(new LinkedHashMap<>(all)));
	}

}
