package io.kintospring.embedded.endpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kintospring.embedded.request.Json;
import io.kintospring.embedded.request.KintoResponse;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.settings.Plugin;
import io.kintospring.embedded.storage.Storage;
import io.kintospring.embedded.storage.StoredList;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/**
 * Endpoints for operators: heartbeats and the removal of all data.
 */
final class UtilityEndpoints {

	/**
	 * Path that removes all data.
	 */
	static final String FLUSH_PATH = "/__flush__";

	private static final String PROJECT = "https://github.com/Kinto/kinto";

	private final Set<Plugin> plugins;

	private final Runnable flush;

	UtilityEndpoints(Set<Plugin> plugins, Runnable flush) {
		this.plugins = plugins;
		this.flush = flush;
	}

	List<Service> services() {
		return List.of(utility("/__heartbeat__", "__heartbeat__", this::heartbeat),
				utility("/__lbheartbeat__", "__lbheartbeat__", (call) -> KintoResponse.ok(Json.object())),
				utility("/contribute.json", "contribute", (call) -> KintoResponse.ok(contribute())));
	}

	Service flushService() {
		return new Service(FLUSH_PATH).on(HttpMethod.POST, this::flush)
			.describedBy(ServiceDescription.of("Flush", HttpMethod.POST, "create_flush"));
	}

	/**
	 * Create the service that counts the objects and tombstones of each resource.
	 * @param storage the storage that contains them
	 * @return the service
	 */
	static Service countersService(Storage storage) {
		return new Service("/__counters__").on(HttpMethod.GET, (call) -> KintoResponse.ok(count(storage.lists())))
			.describedBy(ServiceDescription.of("Counters", HttpMethod.GET, "get_counters"));
	}

	private static Service utility(String path, String operation, Endpoint endpoint) {
		return new Service(path).on(HttpMethod.GET, endpoint)
			.describedBy(ServiceDescription.of("Utilities", HttpMethod.GET, operation));
	}

	private static ObjectNode count(List<StoredList> lists) {
		Map<String, Integer> objects = new LinkedHashMap<>();
		Map<String, Integer> tombstones = new LinkedHashMap<>();
		for (StoredList list : lists) {
			objects.merge(list.uri().resourceName(), list.objects().size(), Integer::sum);
			tombstones.merge(list.uri().resourceName(), list.tombstones().size(), Integer::sum);
		}
		ObjectNode counters = Json.object();
		putPositive(objects, counters.putObject("objects"));
		putPositive(tombstones, counters.putObject("tombstones"));
		return counters;
	}

	private static void putPositive(Map<String, Integer> counts, ObjectNode target) {
		counts.forEach((name, count) -> {
			if (count > 0) {
				target.put(name, count);
			}
		});
	}

	private static ObjectNode contribute() {
		ObjectNode body = Json.object()
			.put("name", "Kinto")
			.put("description", "An in-memory Kinto server for development and tests");
		body.putObject("repository").put("url", PROJECT).put("license", "Apache License (2.0)");
		body.putObject("participate").put("home", PROJECT).put("docs", KintoSetting.DOCUMENTATION);
		body.putObject("bugs").put("list", PROJECT + "/issues").put("report", PROJECT + "/issues/new");
		body.putArray("keywords").add("JSON").add("REST").add("API").add("Java");
		return body;
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
