package io.kintospring.embedded.resource;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import tools.jackson.databind.node.ObjectNode;

/**
 * A change of an object and of the permissions on it.
 *
 * @param data the changed object
 * @param changes the fields that the client wants to change
 * @param permissions the permissions to be replaced
 */
record Patch(ObjectNode data, ObjectNode changes, Map<String, Set<String>> permissions) {

	/**
	 * Makes permissions that replace some into permissions that replace all. As in Kinto,
	 * none at all replace nothing.
	 * @param permissions principals by permission
	 * @param resource what the permissions are on
	 * @return principals by permission, also by those that nobody has
	 */
	static Map<String, Set<String>> replacingAll(Map<String, Set<String>> permissions, Resource resource) {
		Map<String, Set<String>> all = new LinkedHashMap<>(permissions);
		if (!permissions.isEmpty()) {
			resource.permissions().forEach((permission) -> all.putIfAbsent(permission, Set.of()));
		}
		return all;
	}

}
