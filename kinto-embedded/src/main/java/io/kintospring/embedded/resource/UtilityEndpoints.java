package io.kintospring.embedded.resource;

import java.util.List;
import java.util.Set;

import io.kintospring.embedded.settings.Plugin;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/**
 * Endpoints for operators: heartbeats and the removal of all data.
 */
final class UtilityEndpoints {

	private final Set<Plugin> plugins;

	private final Runnable flush;

	UtilityEndpoints(Set<Plugin> plugins, Runnable flush) {
		this.plugins = plugins;
		this.flush = flush;
	}

	List<Service> services() {
		return List.of(new Service("/__heartbeat__").on(HttpMethod.GET, this::heartbeat),
				new Service("/__lbheartbeat__").on(HttpMethod.GET, (call) -> KintoResponse.ok(Json.object())));
	}

	Service flushService() {
		return new Service("/__flush__").on(HttpMethod.POST, this::flush);
	}

	private KintoResponse heartbeat(Call call) {
		ObjectNode body = Json.object().put("storage", true).put("permission", true).put("cache", true);
		if (this.plugins.contains(Plugin.ATTACHMENT)) {
			body.put("attachments", true);
		}
		return KintoResponse.ok(body);
	}

	private KintoResponse flush(Call call) {
		this.flush.run();
		return KintoResponse.of(HttpStatus.ACCEPTED, Json.object());
	}

}
