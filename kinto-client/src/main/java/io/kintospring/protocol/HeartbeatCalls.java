package io.kintospring.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

import io.kintospring.KintoOptions;
import io.kintospring.json.KintoJson;
import io.kintospring.server.KintoHeartbeat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/**
 * The call that asks how a server is. A server that is not well says so with an answer
 * that would be an error elsewhere.
 */
final class HeartbeatCalls {

	private HeartbeatCalls() {
	}

	static KintoCall<KintoHeartbeat> fetch(String operation, ResourceContext root) {
		KintoRequest request = new KintoRequest(operation, HttpMethod.GET, "/__heartbeat__", "",
				root.headers(KintoOptions.of()), null);
		KintoCall<KintoHeartbeat> healthy = KintoCall.of(request, "a heartbeat",
				(response) -> read(KintoJson.tree(response.body())), Errors.ExistingReader.NONE);
		return KintoCall.raw(request, (response) -> {
			KintoHeartbeat unhealthy = unhealthy(response);
			return (unhealthy != null) ? unhealthy : healthy.read(response);
		});
	}

	/**
	 * The same status is also that of a server in maintenance, and of a proxy that finds
	 * none.
	 */
	private static @Nullable KintoHeartbeat unhealthy(KintoResponse response) {
		if (response.status() != HttpStatus.SERVICE_UNAVAILABLE.value()) {
			return null;
		}
		try {
			KintoHeartbeat heartbeat = read(KintoJson.tree(response.body()));
			return heartbeat.isHealthy() ? null : heartbeat;
		}
		catch (JacksonException | IllegalArgumentException ex) {
			return null;
		}
	}

	private static KintoHeartbeat read(JsonNode json) {
		if (!json.isObject()) {
			throw new IllegalArgumentException("there is no object");
		}
		Map<String, Boolean> backends = new LinkedHashMap<>();
		json.forEachEntry((name, works) -> {
			if (!works.isNull()) {
				backends.put(name, works.booleanValue());
			}
		});
		return new KintoHeartbeat(backends);
	}

}
