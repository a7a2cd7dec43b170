package io.kintospring.embedded.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kintospring.embedded.storage.Fields;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fields that a client requests. Responses always include the id and the timestamp.
 */
public final class FieldSelection {

	private static final String PARAMETER = "_fields";

	private static final FieldSelection ALL = new FieldSelection(List.of());

	private final List<String> paths;

	private FieldSelection(List<String> paths) {
		this.paths = paths;
	}

	public static FieldSelection read(Map<String, String> query, KnownFields fields) {
		List<String> names = Parameters.split(query.getOrDefault(PARAMETER, ""));
		if (names.isEmpty()) {
			return ALL;
		}
		if (!names.stream().allMatch(fields::has)) {
			throw KintoError.invalid(ErrorDetail.body("Invalid _fields parameter", "Some of them do not exist"));
		}
		List<String> paths = new ArrayList<>(names);
		paths.add(Fields.ID);
		paths.add(Fields.LAST_MODIFIED);
		return new FieldSelection(paths);
	}

	public boolean isAll() {
		return this.paths.isEmpty();
	}

	public ObjectNode of(ObjectNode object) {
		if (isAll()) {
			return object;
		}
		ObjectNode selected = Json.object();
		this.paths.forEach((path) -> copy(object, path, selected));
		return selected;
	}

	private static void copy(ObjectNode from, String path, ObjectNode to) {
		String[] names = path.split("\\.", 2);
		JsonNode value = from.get(names[0]);
		if (value == null) {
			return;
		}
		if (names.length == 1 || !(value instanceof ObjectNode nested)) {
			to.set(names[0], value);
			return;
		}
		ObjectNode below = (to.get(names[0]) instanceof ObjectNode selected) ? selected.deepCopy() : Json.object();
		to.set(names[0], below);
		copy(nested, names[1], below);
	}

}
