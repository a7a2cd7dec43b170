package io.kintospring.server;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * Capability of a server, such as a plugin.
 *
 * @param description the description, empty if the server sends none
 * @param url the URL of the documentation, empty if the server sends none
 * @param attributes all attributes that the server sends, by name
 */
public record KintoCapability(String description, String url, Map<String, @Nullable Object> attributes) {

	/**
	 * Create a capability.
	 * @param attributes all attributes that the server sends, by name
	 * @return the capability
	 */
	public static KintoCapability of(Map<String, @Nullable Object> attributes) {
		return new KintoCapability(text(attributes, "description"), text(attributes, "url"),
				Collections.unmodifiableMap(new LinkedHashMap<>(attributes)));
	}

	/**
	 * A capability that is not an object has no attributes.
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	private static KintoCapability read(Object value) {
		Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
		if (value instanceof Map<?, ?> map) {
			map.forEach((name, attribute) -> attributes.put(String.valueOf(name), attribute));
		}
		return of(attributes);
	}

	private static String text(Map<String, @Nullable Object> attributes, String name) {
		return (attributes.get(name) instanceof String text) ? text : "";
	}

}
