package io.kintospring.embedded.storage;

import java.util.Comparator;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Names of the fields that the server manages, and helpers that read fields.
 */
public final class Fields {

	/**
	 * The id of the object.
	 */
	public static final String ID = "id";

	/**
	 * The time of the last change, in milliseconds.
	 */
	public static final String LAST_MODIFIED = "last_modified";

	/**
	 * Whether the object is a tombstone.
	 */
	public static final String DELETED = "deleted";

	/**
	 * Last millisecond of the year 9999, the last one of Python.
	 */
	public static final long LAST_TIME = 253_402_300_799_999L;

	/**
	 * First millisecond of the year 1, the first one of Python.
	 */
	private static final long FIRST_TIME = -62_135_596_800_000L;

	private static final long MAX = 1L << 60;

	private Fields() {
	}

	/**
	 * Return the id of a stored object.
	 * @param object the object
	 * @return the id
	 */
	public static String id(ObjectNode object) {
		return object.get(ID).asString();
	}

	/**
	 * Return the time of the last change of a stored object.
	 * @param object the object
	 * @return the time in milliseconds
	 */
	public static long lastModified(ObjectNode object) {
		return object.get(LAST_MODIFIED).asLong();
	}

	/**
	 * Return the value of an integer field.
	 * @param object the object
	 * @param name the name of the field
	 * @return the value, or {@code null} if the field is missing or not an integer
	 */
	public static @Nullable Long integer(ObjectNode object, String name) {
		return integer(object.path(name));
	}

	/**
	 * Convert a value to an integer.
	 * @param value the value
	 * @return the integer, or {@code null} if the value is not an integer or its
	 * magnitude is 2^60 or more
	 */
	public static @Nullable Long integer(JsonNode value) {
		boolean integer = value.isIntegralNumber() && value.canConvertToLong() && Math.abs(value.asLong()) < MAX;
		return integer ? (Long) value.asLong() : null;
	}

	/**
	 * Return whether Kinto can store a value as the time of a change.
	 * @param value the value
	 * @return whether it is an integer from the year 1 to 9999
	 */
	public static boolean isTime(JsonNode value) {
		return value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= FIRST_TIME
				&& value.asLong() <= LAST_TIME;
	}

	/**
	 * Return whether a value counts as true, which means it is neither zero nor empty.
	 * @param value the value
	 * @return whether it counts as true
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
	 * Find a field by its path. Names of fields can contain dots, so the longest matching
	 * name wins at each level.
	 * @param object the object
	 * @param path the names, joined by dots
	 * @return the value, or a missing node
	 */
	static JsonNode find(ObjectNode object, String path) {
		JsonNode value = object;
		int start = 0;
		while (start <= path.length()) {
			String name = longestName(value, path, start);
			if (name == null) {
				return MissingNode.getInstance();
			}
			value = value.path(name);
			start += name.length() + 1;
		}
		return value;
	}

	private static @Nullable String longestName(JsonNode object, String path, int start) {
		return object.propertyNames()
			.stream()
			.filter((name) -> path.startsWith(name, start) && isEnd(path, start + name.length()))
			.max(Comparator.comparingInt(String::length))
			.orElse(null);
	}

	private static boolean isEnd(String path, int position) {
		return position == path.length() || path.charAt(position) == '.';
	}

}
