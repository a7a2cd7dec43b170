package io.kintospring.embedded.resource;

import java.util.Map;
import java.util.Set;

import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Merge Patch (RFC 7396) of an object and its permissions.
 *
 * @param changes the data and permissions that the client sends
 * @param resource the resource of the object
 */
record MergePatchBody(Envelope changes, Resource resource) implements PatchBody {

	@Override
	public Patch applyTo(KintoObject existing) {
		this.changes.requireContent();
		ObjectNode sent = (this.changes.data() != null) ? this.changes.data() : Json.object();
		ObjectNode patch = Json.object();
		patch.set(Envelope.DATA, sent);
		if (this.changes.permissions() != null) {
			patch.set(Envelope.PERMISSIONS, this.changes.permissions());
		}
		ObjectNode patched = (ObjectNode) JsonP.mergePatch(patch, existing.toBody());
		Map<String, Set<String>> permissions = Envelope.principals(patched.withObject(Envelope.PERMISSIONS));
		return new Patch(patched.withObject(Envelope.DATA), sent, Patch.replacingAll(permissions, this.resource));
	}

}
