package io.kintospring.server;

import java.util.Map;

/**
 * The settings of a server that matter to clients.
 *
 * @param batchMaxRequests the most requests in a batch; 0 for no limit
 * @param readonly whether the server refuses all writes
 * @param explicitPermissions whether the writer of an object is added to its permissions
 * @param all all settings that the server tells, by name
 */
public record KintoServerSettings(int batchMaxRequests, boolean readonly, boolean explicitPermissions,
		Map<String, Object> all) {
}
