package io.kintospring.embedded.request;

import tools.jackson.databind.node.ObjectNode;

/**
 * Patch that replaces the top-level attributes that the client sends.
 *
 * @param changes the attributes and permissions that the client sends
 */
record AttributesPatchBody(Envelope changes) implements PatchBody {

	@Override
	public Patch applyTo(KintoObject existing) {
		this.changes.requireContent();
		ObjectNode data = existing.data().deepCopy();
		ObjectNode sent = (this.changes.data() != null) ? this.changes.data() : Json.object();
		data.setAll(sent);
		return new Patch(data, sent, this.changes.permissionChanges());
	}

}
