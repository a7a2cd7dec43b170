package io.kintospring.embedded.resource;

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
record Patch(ObjectNode data, ObjectNode changes, Map<String, Set<String>> permissions) {

	/**
	 * Complete permissions so that they replace all existing ones. As in Kinto, empty
	 * permissions replace nothing.
	 * @param permissions the principals by permission
	 * @param resource the resource of the object
	 * @return the principals by permission, with empty sets for the other permissions
	 */
	static Map<String, Set<String>> replacingAll(Map<String, Set<String>> permissions, Resource resource) {
		Map<String, Set<String>> all = new LinkedHashMap<>(permissions);
		if (!permissions.isEmpty()) {
			resource.permissions().forEach((permission) -> all.putIfAbsent(permission, Set.of()));
		}
		return all;
	}

}
