package io.kintospring.embedded.request;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import tools.jackson.databind.node.ObjectNode;

/**
 * Result of a patch on an object and its permissions.
 *
 * @param data the patched data
 * @param changes the fields that the client changes
 * @param permissions the permissions to replace
 */
public record Patch(ObjectNode data, ObjectNode changes, Map<String, Set<String>> permissions) {

	/**
	 * Complete permissions so that they replace all existing ones. As in Kinto, empty
	 * permissions replace nothing.
	 * @param permissions the principals by permission
	 * @param known the names of the permissions that the object can have
	 * @return the principals by permission, with empty sets for the other permissions
	 */
	public static Map<String, Set<String>> replacingAll(Map<String, Set<String>> permissions, Set<String> known) {
		Map<String, Set<String>> all = new LinkedHashMap<>(permissions);
		if (!permissions.isEmpty()) {
			known.forEach((permission) -> all.putIfAbsent(permission, Set.of()));
		}
		return all;
	}

}
