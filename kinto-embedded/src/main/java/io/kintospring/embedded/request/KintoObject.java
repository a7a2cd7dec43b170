package io.kintospring.embedded.request;

import java.util.Map;
import java.util.Set;

import io.kintospring.embedded.storage.Fields;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Object as its reader sees it.
 *
 * @param data the data
 * @param permissions the permissions, or an empty map if the reader cannot write the
 * object
 */
public record KintoObject(ObjectNode data, Map<String, Set<String>> permissions) {

	public long lastModified() {
		return Fields.lastModified(this.data);
	}

	public ObjectNode toBody() {
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
