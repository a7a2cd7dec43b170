package io.kintospring.protocol;

import io.kintospring.KintoOptions;
import io.kintospring.json.KintoJson;
import io.kintospring.server.KintoHeartbeat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/**
 * Calls to the heartbeat. An unhealthy server responds with a status that is an error for
 * all other calls.
 */
final class HeartbeatCalls {

	private HeartbeatCalls() {
	}

	static KintoCall<KintoHeartbeat> fetch(String operation, ResourceContext root) {
		KintoRequest request = new KintoRequest(operation, HttpMethod.GET, KintoRequest.HEARTBEAT, "",
				root.headers(KintoOptions.of()), null, null);
		KintoCall<KintoHeartbeat> healthy = KintoCall.of(request, "a heartbeat",
				(response) -> KintoJson.read(response.body(), KintoHeartbeat.class), Errors.ExistingReader.NONE);
		return KintoCall.raw(request, (response) -> {
			KintoHeartbeat unhealthy = unhealthy(response);
			return (unhealthy != null) ? unhealthy : healthy.read(response);
		});
	}

	/**
	 * Servers in maintenance and proxies without a server respond with the same status,
	 * but without a heartbeat.
	 */
	private static @Nullable KintoHeartbeat unhealthy(KintoResponse response) {
		if (response.status() != HttpStatus.SERVICE_UNAVAILABLE.value()) {
			return null;
		}
		try {
			KintoHeartbeat heartbeat = KintoJson.read(response.body(), KintoHeartbeat.class);
			return heartbeat.isHealthy() ? null : heartbeat;
		}
		catch (JacksonException | IllegalArgumentException ex) {
			return null;
		}
	}

}
