package io.kintospring.embedded.resource;

import java.util.Map;
import java.util.Set;

import tools.jackson.databind.node.ObjectNode;

/**
 * Merges what is sent into an object and its permissions: JSON Merge Patch, RFC 7396.
 *
 * @param changes what is sent
 * @param resource what the object is
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
