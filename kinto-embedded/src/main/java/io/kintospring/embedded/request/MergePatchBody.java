package io.kintospring.embedded.request;

import java.util.Map;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Merge Patch (RFC 7396) of an object and its permissions.
 *
 * @param changes the data and permissions that the client sends
 * @param known the names of the permissions that the object can have
 */
record MergePatchBody(Envelope changes, Set<String> known) implements PatchBody {

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
		return new Patch(patched.withObject(Envelope.DATA), sent, Patch.replacingAll(permissions, this.known));
	}

	private static void merge(ObjectNode changes, ObjectNode target) {
		changes.forEachEntry((name, value) -> {
			if (value.isNull()) {
				target.remove(name);
			}
			else if (value instanceof ObjectNode nested) {
				JsonNode existing = target.get(name);
				if (existing == null || existing.isObject()) {
					merge(nested, target.withObjectProperty(name));
				}
				else {
					requireNoEffect(nested, existing);
				}
			}
			else {
				target.set(name, value);
			}
		});
	}

	/**
	 * Fail as Kinto does, which cannot change a value that is not an object. It keeps the
	 * value if there is nothing to change.
	 */
	private static void requireNoEffect(ObjectNode changes, JsonNode value) {
		boolean searchable = value.isString() || value.isArray();
		if (!changes.properties()
			.stream()
			.allMatch((field) -> field.getValue().isNull() && searchable && !contains(value, field.getKey()))) {
			throw KintoError.failsInKinto();
		}
	}

	private static boolean contains(JsonNode value, String name) {
		return value.isArray()
				? value.valueStream().anyMatch((element) -> element.isString() && element.asString().equals(name))
				: value.asString().contains(name);
	}

}
