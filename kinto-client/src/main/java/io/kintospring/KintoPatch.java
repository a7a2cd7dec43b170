package io.kintospring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Operations to apply to an object one after the other, all or none (JSON Patch, RFC
 * 6902). Paths lead from the whole object: those of data start with {@code /data/}, those
 * of permissions with {@code /permissions/}. Immutable; each method returns a new value.
 *
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/records.html">Kinto's
 * records API</a>
 */
public final class KintoPatch {

	/** The name of what an operation takes from the user, such as the new value. */
	public static final String VALUE = "value";

	private static final KintoPatch NONE = new KintoPatch(List.of());

	private final List<Map<String, @Nullable Object>> operations;

	private KintoPatch(List<Map<String, @Nullable Object>> operations) {
		this.operations = operations;
	}

	/**
	 * Return the patch that does nothing yet.
	 * @return the empty patch
	 */
	public static KintoPatch create() {
		return NONE;
	}

	/**
	 * Add a value, or an element to a list.
	 * @param path where, such as {@code /data/title} or {@code /data/tags/-}
	 * @param value the value
	 * @return this patch and that
	 */
	public KintoPatch add(String path, @Nullable Object value) {
		return with("add", path, VALUE, value);
	}

	/**
	 * Remove a value.
	 * @param path where, such as {@code /data/title}
	 * @return this patch and that
	 */
	public KintoPatch remove(String path) {
		return with("remove", path, null, null);
	}

	/**
	 * Replace a value, which must be there.
	 * @param path where, such as {@code /data/title}
	 * @param value the new value
	 * @return this patch and that
	 */
	public KintoPatch replace(String path, @Nullable Object value) {
		return with("replace", path, VALUE, value);
	}

	/**
	 * Move a value to another place.
	 * @param from where it is
	 * @param path where it shall be
	 * @return this patch and that
	 */
	public KintoPatch move(String from, String path) {
		return with("move", path, "from", from);
	}

	/**
	 * Copy a value to another place.
	 * @param from where it is
	 * @param path where it shall be, too
	 * @return this patch and that
	 */
	public KintoPatch copy(String from, String path) {
		return with("copy", path, "from", from);
	}

	/**
	 * Go on only if a value is as expected; otherwise the whole patch is refused with a
	 * {@link KintoInvalidRequestException}.
	 * @param path where, such as {@code /data/title}
	 * @param value what it must be
	 * @return this patch and that
	 */
	public KintoPatch test(String path, @Nullable Object value) {
		return with("test", path, VALUE, value);
	}

	/**
	 * Return the operations as they are sent.
	 * @return the operations, in their order
	 */
	public List<Map<String, @Nullable Object>> operations() {
		return this.operations;
	}

	private KintoPatch with(String operation, String path, @Nullable String key, @Nullable Object value) {
		if (!path.startsWith("/data") && !path.startsWith("/permissions")) {
			throw new IllegalArgumentException("'" + path
					+ "' is no path of a patch: those of data start with /data, those of permissions with /permissions");
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
