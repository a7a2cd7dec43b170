package io.kintospring.embedded.resource;

import java.util.Map;
import java.util.Set;

import io.kintospring.embedded.storage.Fields;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object as its reader sees it.
 *
 * @param data the object
 * @param permissions the permissions on it, none if the reader may not write it
 */
record KintoObject(ObjectNode data, Map<String, Set<String>> permissions) {

	long lastModified() {
		return Fields.lastModified(this.data);
	}

	ObjectNode toBody() {
		ObjectNode body = Json.object();
		ObjectNode named = body.putObject("permissions");
		this.permissions.forEach((permission, principals) -> {
			ArrayNode list = named.putArray(permission);
			principals.forEach(list::add);
		});
		body.set("data", this.data);
		return body;
	}

}
