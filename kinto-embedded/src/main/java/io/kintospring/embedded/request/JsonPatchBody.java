package io.kintospring.embedded.request;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.kintospring.embedded.storage.Fields;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Patch (RFC 6902) of an object and its permissions. In the patched document, each
 * permission is an object with principals as field names.
 *
 * @param operations the operations
 * @param maxBytes the maximum size of the patched object
 */
record JsonPatchBody(ArrayNode operations, int maxBytes) implements PatchBody {

	private static final Set<String> FIELDS = Set.of("op", "path", "from", "value");

	private static final Set<String> OPERATIONS = Set.of("test", "add", "remove", "replace", "move", "copy");

	private static final Set<String> DEFAULT_PERMISSIONS = Set.of("read", "write");

	/**
	 * Read a JSON Patch. As in Kinto, the patch fails if the content type has parameters,
	 * such as {@code charset}.
	 * @param request the request
	 * @param body the body of the request
	 * @param maxBytes the maximum size of the patched object
	 * @param validation collects the errors
	 * @return the patch
	 */
	static PatchBody read(KintoRequest request, Body body, int maxBytes, Validation validation) {
		JsonNode json = body.container(validation);
		if (json != null && !json.isArray()) {
			validation.add(ErrorDetail.body("", "Should be a list of operations"));
		}
		ArrayNode operations = (json instanceof ArrayNode array) ? array : Json.array();
		for (int i = 0; i < operations.size(); i++) {
			check(operations.get(i), String.valueOf(i), validation);
		}
		if (Negotiation.hasParameters(request)) {
			return (existing) -> {
				throw operations.isEmpty() ? Envelope.missing() : KintoError.failsInKinto();
			};
		}
		return new JsonPatchBody(operations, maxBytes);
	}

	@Override
	public Patch applyTo(KintoObject existing) {
		ArrayNode complete = withPrincipals();
		ObjectNode patched = JsonPatch.apply(complete, named(existing), this.maxBytes);
		if (patched.path(Envelope.DATA) instanceof ObjectNode data && patched.path(Envelope.PERMISSIONS).isObject()) {
			ObjectNode copy = data.deepCopy();
			return new Patch(copy, copy, permissions(complete, existing));
		}
		throw JsonPatch.failed("It must leave data and permissions in their place");
	}

	/**
	 * Apply the patch again, as Kinto does to get the permissions. It fails then if an
	 * operation has changed a value that an earlier one added.
	 */
	private Map<String, Set<String>> permissions(ArrayNode applied, KintoObject existing) {
		try {
			ObjectNode patched = JsonPatch.apply(applied, named(existing), this.maxBytes);
			return principals(patched.withObjectProperty(Envelope.PERMISSIONS));
		}
		catch (KintoError | JacksonException ex) {
			throw KintoError.failsInKinto();
		}
	}

	/**
	 * Complete operations that add a principal: the path contains the principal, so they
	 * need no value.
	 */
	private ArrayNode withPrincipals() {
		ArrayNode complete = this.operations.deepCopy();
		for (JsonNode operation : complete) {
			String path = operation.path("path").asString();
			if (operation instanceof ObjectNode object
					&& DEFAULT_PERMISSIONS.stream().anyMatch((name) -> path.startsWith("/permissions/" + name + "/"))) {
				object.put("value", path.substring(path.lastIndexOf('/') + 1));
			}
		}
		return complete;
	}

	private static ObjectNode named(KintoObject existing) {
		ObjectNode object = Json.object();
		object.set(Envelope.DATA, existing.data());
		ObjectNode permissions = object.putObject(Envelope.PERMISSIONS);
		DEFAULT_PERMISSIONS.forEach(permissions::putObject);
		existing.permissions()
			.forEach((permission, principals) -> principals
				.forEach((principal) -> permissions.withObject("/" + permission).put(principal, principal)));
		return object;
	}

	private static Map<String, Set<String>> principals(ObjectNode permissions) {
		Map<String, Set<String>> principals = new LinkedHashMap<>();
		permissions.forEachEntry((permission, value) -> principals.put(permission, principals(value)));
		return principals;
	}

	/**
	 * Return the elements of a value. In Kinto, those of a text are its characters.
	 */
	private static Set<String> principals(JsonNode value) {
		Set<String> names = new LinkedHashSet<>(value.propertyNames());
		if (value.isArray()) {
			value.valueStream().filter(JsonNode::isString).map(JsonNode::asString).forEach(names::add);
		}
		else if (value.isString()) {
			value.asString().codePoints().mapToObj(Character::toString).forEach(names::add);
		}
		else if (!value.isObject()) {
			throw KintoError.failsInKinto();
		}
		return names;
	}

	private static void check(JsonNode operation, String name, Validation validation) {
		if (!operation.isObject() || !FIELDS.containsAll(operation.propertyNames())) {
			validation.add(ErrorDetail.body(name, "Should be an object of " + FIELDS));
			return;
		}
		if (!OPERATIONS.contains(operation.path("op").asString(""))) {
			validation.add(ErrorDetail.body(name + ".op", "Should be one of " + OPERATIONS));
		}
		if (!isPath(operation.path("path"))) {
			validation.add(ErrorDetail.body(name + ".path", "Should be a path that starts with a slash"));
		}
		if (Fields.isTrue(operation.path("from")) && !isPath(operation.path("from"))) {
			validation.add(ErrorDetail.body(name + ".from", "Should be a path that starts with a slash"));
		}
	}

	private static boolean isPath(JsonNode value) {
		return value.isString() && value.asString().startsWith("/");
	}

}
