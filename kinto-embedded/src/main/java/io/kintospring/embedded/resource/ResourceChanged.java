package io.kintospring.embedded.resource;

import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.storage.ObjectUri;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object was changed.
 *
 * @param action how
 * @param uri where it is
 * @param object how it is now, a tombstone if it was deleted
 * @param principals who changed it
 * @param named whether the path of the request ends with its id
 */
record ResourceChanged(Action action, ObjectUri uri, ObjectNode object, Principals principals, boolean named) {

	String resourceName() {
		return this.uri.list().resourceName();
	}

}
