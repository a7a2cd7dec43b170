package io.kintospring.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.kintospring.json.KintoJson;
import io.kintospring.server.KintoApiVersion;
import io.kintospring.server.KintoCapability;
import io.kintospring.server.KintoServerInfo;
import io.kintospring.server.KintoServerSettings;
import io.kintospring.server.KintoUser;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;

/**
 * Asks what a server says of itself, and reads it.
 */
final class ServerInfoReader {

	static final String ROOT = "/";

	private ServerInfoReader() {
	}

	static boolean isServerInfo(KintoRequest request) {
		return request.method() == HttpMethod.GET && request.path().equals(ROOT);
	}

	static KintoServerInfo read(byte[] body) {
		JsonNode json = KintoJson.tree(body);
		return new KintoServerInfo(json.path("project_name").asString(""), json.path("project_version").asString(""),
				KintoApiVersion.parse(json.required("http_api_version").asString()), json.path("url").asString(""),
				settings(json.path("settings")), capabilities(json.path("capabilities")), user(json.path("user")),
				json.path("eos").isString() ? json.path("eos").asString() : null);
	}

	private static KintoServerSettings settings(JsonNode json) {
		return new KintoServerSettings(json.path("batch_max_requests").asInt(0), json.path("readonly").asBoolean(false),
				json.path("explicit_permissions").asBoolean(true), attributes(json));
	}

	private static Map<String, KintoCapability> capabilities(JsonNode json) {
		Map<String, KintoCapability> capabilities = new LinkedHashMap<>();
		json.forEachEntry((name, capability) -> capabilities.put(name,
				new KintoCapability(capability.path("description").asString(""), capability.path("url").asString(""),
						attributes(capability))));
		return Collections.unmodifiableMap(capabilities);
	}

	private static @Nullable KintoUser user(JsonNode json) {
		if (!json.isObject()) {
			return null;
		}
		Set<String> principals = new LinkedHashSet<>();
		json.path("principals").forEach((principal) -> principals.add(principal.asString()));
		return new KintoUser(json.path("id").asString(""), Collections.unmodifiableSet(principals),
				json.path("bucket").isString() ? json.path("bucket").asString() : null);
	}

	private static Map<String, Object> attributes(JsonNode json) {
		return json.isObject() ? KintoJson.own().mapper().convertValue(json, new TypeReference<Map<String, Object>>() {
		}) : Map.of();
	}

}
