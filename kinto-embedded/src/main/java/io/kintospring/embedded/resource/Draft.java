package io.kintospring.embedded.resource;

import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.storage.Fields;
import io.kintospring.embedded.storage.ObjectUri;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object that is about to be stored.
 *
 * @param uri where
 * @param data the object, which may still be changed
 * @param sent the body of the request that it came with
 * @param principals who stores it
 * @param named whether the path of the request ends with its id
 */
record Draft(ObjectUri uri, ObjectNode data, JsonNode sent, Principals principals, boolean named) {

	/**
	 * Whether the client sent a field.
	 * @param name the name of the field
	 * @return whether it is in the body
	 */
	boolean sends(String name) {
		return this.sent.path(Envelope.DATA).has(name);
	}

	/**
	 * Refuses an id that is not the one of the path.
	 * @throws KintoError if the object has another id
	 */
	void requireSameId() {
		JsonNode id = this.data.path(Fields.ID);
		if (!id.isMissingNode() && !(id.isString() && id.asString().equals(this.uri.id()))) {
			throw KintoError.invalid(ErrorDetail.body(Fields.ID, "Is not the id of the object at this path"));
		}
	}

}
