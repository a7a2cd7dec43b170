package io.kintospring.embedded.resource;

import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.request.Envelope;
import io.kintospring.embedded.request.ErrorDetail;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.storage.Fields;
import io.kintospring.embedded.storage.ObjectUri;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Object to be stored.
 *
 * @param uri the URI of the object
 * @param data the mutable data
 * @param sent the body of the request
 * @param principals the principals of the user
 * @param named whether the path of the request ends with the id of the object
 */
public record Draft(ObjectUri uri, ObjectNode data, JsonNode sent, Principals principals, boolean named) {

	/**
	 * Return whether the body of the request contains a field.
	 * @param name the name of the field
	 * @return whether the body contains it
	 */
	boolean sends(String name) {
		return this.sent.path(Envelope.DATA).has(name);
	}

	/**
	 * Require that the id in the data is the one in the path.
	 * @throws KintoError if the ids differ
	 */
	public void requireSameId() {
		JsonNode id = this.data.path(Fields.ID);
		if (!id.isMissingNode() && !(id.isString() && id.asString().equals(this.uri.id()))) {
			throw KintoError.invalid(ErrorDetail.body(Fields.ID, "Is not the id of the object at this path"));
		}
	}

}
