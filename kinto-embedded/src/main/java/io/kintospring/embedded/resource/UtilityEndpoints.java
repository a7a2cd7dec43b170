package io.kintospring.embedded.resource;

import java.util.List;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/**
 * What operators ask for: whether the server is alive, and that it forgets everything.
 */
final class UtilityEndpoints {

	private final Runnable flush;

	UtilityEndpoints(Runnable flush) {
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
		return KintoResponse.ok(Json.object().put("storage", true).put("permission", true).put("cache", true));
	}

	private KintoResponse flush(Call call) {
		this.flush.run();
		return KintoResponse.of(HttpStatus.ACCEPTED, Json.object());
	}

}
