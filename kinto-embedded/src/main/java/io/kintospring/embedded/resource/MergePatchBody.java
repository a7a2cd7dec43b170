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
		ObjectNode patched = existing.toBody().deepCopy();
		merge(sent, patched.withObject(Envelope.DATA));
		if (this.changes.permissions() != null) {
			merge(this.changes.permissions(), patched.withObject(Envelope.PERMISSIONS));
		}
		Map<String, Set<String>> permissions = Envelope.principals(patched.withObject(Envelope.PERMISSIONS));
		return new Patch(patched.withObject(Envelope.DATA), sent, Patch.replacingAll(permissions, this.resource));
	}

	private static ObjectNode merge(ObjectNode changes, ObjectNode target) {
		changes.forEachEntry((name, value) -> {
			if (value.isNull()) {
				target.remove(name);
			}
			else if (value instanceof ObjectNode nested) {
				target.set(name, merge(nested, (target.get(name) instanceof ObjectNode below) ? below : Json.object()));
			}
			else {
				target.set(name, value);
			}
		});
		return target;
	}

}
