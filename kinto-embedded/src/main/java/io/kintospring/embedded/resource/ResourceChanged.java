package io.kintospring.embedded.resource;

import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.storage.ObjectUri;
import tools.jackson.databind.node.ObjectNode;

/**
 * Event for the change of an object.
 *
 * @param action the kind of the change
 * @param uri the URI of the object
 * @param object the changed object, or the tombstone if it was deleted
 * @param principals the principals of the user
 * @param named whether the path of the request ends with the id of the object
 */
public record ResourceChanged(Action action, ObjectUri uri, ObjectNode object, Principals principals, boolean named) {

	String resourceName() {
		return this.uri.list().resourceName();
	}

}
