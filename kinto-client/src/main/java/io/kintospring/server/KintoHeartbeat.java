package io.kintospring.server;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a server is.
 *
 * @param backends whether what the server depends on works, by name, such as
 * {@code storage}; without what it has not checked
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/utilities.html">Kinto's
 * utility endpoints</a>
 */
public record KintoHeartbeat(Map<String, Boolean> backends) {

	/**
	 * Create a heartbeat.
	 */
	public KintoHeartbeat {
		backends = Collections.unmodifiableMap(new LinkedHashMap<>(backends));
	}

	/**
	 * Return whether all works that the server depends on.
	 * @return {@code false} if anything does not
	 */
	public boolean isHealthy() {
		return !this.backends.containsValue(false);
	}

}
