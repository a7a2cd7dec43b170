package io.kintospring.server;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * State of the backends of a server.
 *
 * @param backends whether each backend works, by name, such as {@code storage}
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/utilities.html">Kinto's
 * utility endpoints</a>
 */
public record KintoHeartbeat(Map<String, Boolean> backends) {

	/**
	 * Create a heartbeat.
	 * @param backends whether each backend works; {@code null} values are ignored,
	 * because the server did not check those backends
	 */
	public KintoHeartbeat(Map<String, @Nullable Boolean> backends) {
		Map<String, Boolean> checked = new LinkedHashMap<>();
		backends.forEach((name, works) -> {
			if (works != null) {
				checked.put(name, works);
			}
		});
		this.backends = Collections.unmodifiableMap(checked);
	}

	/**
	 * Jackson would accept numbers and text, too.
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	private static KintoHeartbeat read(Map<String, @Nullable Object> values) {
		Map<String, @Nullable Boolean> backends = new LinkedHashMap<>();
		values.forEach((name, works) -> {
			if (works != null && !(works instanceof Boolean)) {
				throw new IllegalArgumentException("'" + name + "' is not a boolean");
			}
			backends.put(name, (Boolean) works);
		});
		return new KintoHeartbeat(backends);
	}

	/**
	 * Return whether all backends work.
	 * @return {@code false} if at least one backend fails
	 */
	public boolean isHealthy() {
		return !this.backends.containsValue(false);
	}

}
