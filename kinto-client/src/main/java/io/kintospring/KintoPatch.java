package io.kintospring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Immutable JSON Patch (RFC 6902). Kinto applies all operations in order, or none of
 * them. Paths start with {@code /data} or {@code /permissions}. Each method returns a new
 * instance and throws an {@link IllegalArgumentException} for other paths.
 *
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/records.html">Kinto's
 * records API</a>
 */
public final class KintoPatch {

	/** Name of the property of an operation that contains the value. */
	public static final String VALUE = "value";

	private static final KintoPatch NONE = new KintoPatch(List.of());

	private final List<Map<String, @Nullable Object>> operations;

	private KintoPatch(List<Map<String, @Nullable Object>> operations) {
		this.operations = operations;
	}

	/**
	 * Return a patch without operations.
	 * @return the empty patch
	 */
	public static KintoPatch create() {
		return NONE;
	}

	/**
	 * Add a value, or insert an element into an array.
	 * @param path the path, such as {@code /data/title} or {@code /data/tags/-}
	 * @param value the value
	 * @return a new patch with this operation
	 */
	public KintoPatch add(String path, @Nullable Object value) {
		return with("add", path, VALUE, value);
	}

	/**
	 * Remove a value.
	 * @param path the path, such as {@code /data/title}
	 * @return a new patch with this operation
	 */
	public KintoPatch remove(String path) {
		return with("remove", path, null, null);
	}

	/**
	 * Replace an existing value.
	 * @param path the path, such as {@code /data/title}
	 * @param value the new value
	 * @return a new patch with this operation
	 */
	public KintoPatch replace(String path, @Nullable Object value) {
		return with("replace", path, VALUE, value);
	}

	/**
	 * Move a value.
	 * @param from the current path
	 * @param path the new path
	 * @return a new patch with this operation
	 */
	public KintoPatch move(String from, String path) {
		return with("move", path, "from", from);
	}

	/**
	 * Copy a value.
	 * @param from the path to copy from
	 * @param path the path to copy to
	 * @return a new patch with this operation
	 */
	public KintoPatch copy(String from, String path) {
		return with("copy", path, "from", from);
	}

	/**
	 * Compare a value. If it differs, Kinto rejects the whole patch, and the call throws
	 * a {@link KintoInvalidRequestException}.
	 * @param path the path, such as {@code /data/title}
	 * @param value the expected value
	 * @return a new patch with this operation
	 */
	public KintoPatch test(String path, @Nullable Object value) {
		return with("test", path, VALUE, value);
	}

	/**
	 * Return the operations in the form that is sent.
	 * @return an immutable list of the operations, in order
	 */
	public List<Map<String, @Nullable Object>> operations() {
		return this.operations;
	}

	private KintoPatch with(String operation, String path, @Nullable String key, @Nullable Object value) {
		if (!path.startsWith("/data") && !path.startsWith("/permissions")) {
			throw new IllegalArgumentException(
					"'" + path + "' is not a valid path in a patch: it must start with /data or /permissions");
		}
		Map<String, @Nullable Object> added = new LinkedHashMap<>();
		added.put("op", operation);
		added.put("path", path);
		if (key != null) {
			added.put(key, value);
		}
		List<Map<String, @Nullable Object>> all = new ArrayList<>(this.operations);
		all.add(Collections.unmodifiableMap(added));
		return new KintoPatch(Collections.unmodifiableList(all));
	}

}
