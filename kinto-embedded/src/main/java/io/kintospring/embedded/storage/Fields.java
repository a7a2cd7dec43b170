package io.kintospring.embedded.storage;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of an object: those that the server gives it, and how others are found.
 */
public final class Fields {

	/**
	 * The id of the object.
	 */
	public static final String ID = "id";

	/**
	 * When the object was changed, in milliseconds.
	 */
	public static final String LAST_MODIFIED = "last_modified";

	/**
	 * Whether the object is a tombstone.
	 */
	public static final String DELETED = "deleted";

	private static final long MAX = 1L << 60;

	private Fields() {
	}

	/**
	 * The id of a stored object.
	 * @param object the object
	 * @return its id
	 */
	public static String id(ObjectNode object) {
		return object.get(ID).asString();
	}

	/**
	 * When a stored object was changed.
	 * @param object the object
	 * @return the time in milliseconds
	 */
	public static long lastModified(ObjectNode object) {
		return object.get(LAST_MODIFIED).asLong();
	}

	/**
	 * A field that is an integer.
	 * @param object the object
	 * @param name the name of the field
	 * @return the value, none if there is no such field or it is something else
	 */
	public static @Nullable Long integer(ObjectNode object, String name) {
		return integer(object.path(name));
	}

	/**
	 * A value that is an integer.
	 * @param value the value
	 * @return the integer, none if the value is something else, or so great that nothing
	 * could be added to it
	 */
	public static @Nullable Long integer(JsonNode value) {
		boolean integer = value.isIntegralNumber() && value.canConvertToLong() && Math.abs(value.asLong()) < MAX;
		return integer ? (Long) value.asLong() : null;
	}

	/**
	 * Whether a value counts as true: if it is neither zero nor empty.
	 * @param value the value
	 * @return whether it does
	 */
	public static boolean isTrue(JsonNode value) {
		return switch (value.getNodeType()) {
			case BOOLEAN -> value.asBoolean();
			case NUMBER -> value.asDouble() != 0;
			case STRING -> !value.asString().isEmpty();
			case ARRAY, OBJECT -> !value.isEmpty();
			default -> false;
		};
	}

	/**
	 * A field by its path. As names of fields may have dots, the longest name that is
	 * there wins at each level.
	 * @param object the object
	 * @param path names, joined by dots
	 * @return the value, or a missing node
	 */
	static JsonNode find(JsonNode object, String path) {
		if (!object.isObject()) {
			return MissingNode.getInstance();
		}
		int end = path.length();
		while (end > 0) {
			JsonNode value = object.get(path.substring(0, end));
			if (value != null) {
				return (end == path.length()) ? value : find(value, path.substring(end + 1));
			}
			end = path.lastIndexOf('.', end - 1);
		}
		return MissingNode.getInstance();
	}

}
