package io.kintospring.embedded.request;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Data and permissions that a client sends.
 *
 * @param data the data, or {@code null} if the client does not send any
 * @param permissions the lists of principals by permission, or {@code null} if the client
 * does not send any
 */
public record Envelope(@Nullable ObjectNode data, @Nullable ObjectNode permissions) {

	public static final String DATA = "data";

	public static final String PERMISSIONS = "permissions";

	public static final Set<String> FIELDS = Set.of(DATA, PERMISSIONS);

	private static final Envelope EMPTY = new Envelope(null, null);

	/**
	 * Read the data and permissions in a body.
	 * @param body the body of the request
	 * @param known the names of the permissions that the object can have
	 * @param validation collects the errors
	 * @return the data and permissions, without invalid parts
	 */
	public static Envelope read(Body body, Set<String> known, Validation validation) {
		JsonNode json = body.container(validation);
		if (json == null) {
			return EMPTY;
		}
		if (!(json instanceof ObjectNode object) || !FIELDS.containsAll(object.propertyNames())) {
			validation.add(ErrorDetail.body("", "Should be an object of data and permissions"));
			return EMPTY;
		}
		ObjectNode permissions = object(object, PERMISSIONS, validation);
		if (permissions != null) {
			checkPermissions(permissions, known, validation);
		}
		return new Envelope(object(object, DATA, validation), permissions);
	}

	/**
	 * Require data or permissions.
	 * @throws KintoError if the client sends neither
	 */
	void requireContent() {
		if (this.data == null && this.permissions == null) {
			throw missing();
		}
	}

	static KintoError missing() {
		return KintoError.invalid(ErrorDetail.body(DATA, "Needs data or permissions"));
	}

	/**
	 * Return the permissions to replace.
	 * @return the principals by permission
	 */
	public Map<String, Set<String>> permissionChanges() {
		return (this.permissions != null) ? principals(this.permissions) : Map.of();
	}

	/**
	 * Convert permissions to sets of principals.
	 * @param permissions the lists of principals by permission; {@code null} values are
	 * ignored
	 * @return the principals by permission
	 */
	static Map<String, Set<String>> principals(ObjectNode permissions) {
		Map<String, Set<String>> read = new LinkedHashMap<>();
		permissions.forEachEntry((permission, list) -> {
			if (!list.isNull()) {
				Set<String> principals = new LinkedHashSet<>();
				list.forEach((principal) -> principals.add(principal.asString()));
				read.put(permission, principals);
			}
		});
		return read;
	}

	private static @Nullable ObjectNode object(ObjectNode body, String name, Validation validation) {
		JsonNode value = body.get(name);
		if (value == null || value instanceof ObjectNode) {
			return (ObjectNode) value;
		}
		validation.add(ErrorDetail.body(name, "Should be an object"));
		return null;
	}

	private static void checkPermissions(ObjectNode permissions, Set<String> known, Validation validation) {
		boolean allKnown = permissions.propertyStream()
			.allMatch((entry) -> entry.getValue().isNull() || known.contains(entry.getKey()));
		if (!allKnown) {
			validation.add(ErrorDetail.body(PERMISSIONS, "Should be some of " + known));
			return;
		}
		permissions.forEachEntry((permission, list) -> {
			String name = PERMISSIONS + "." + permission;
			if (list.isArray()) {
				checkPrincipals(list, name, validation);
			}
			else if (!list.isNull()) {
				validation.add(ErrorDetail.body(name, "Should be a list of principals"));
			}
		});
	}

	private static void checkPrincipals(JsonNode list, String name, Validation validation) {
		for (int i = 0; i < list.size(); i++) {
			JsonNode principal = list.get(i);
			if (!principal.isString() || principal.asString().isEmpty()) {
				validation.add(ErrorDetail.body(name + "." + i, "Should be a principal"));
			}
		}
	}

}
