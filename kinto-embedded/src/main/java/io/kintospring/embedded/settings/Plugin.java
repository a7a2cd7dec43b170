package io.kintospring.embedded.settings;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * A part of the server that can be left out.
 */
public enum Plugin {

	/**
	 * Gives each user a bucket of their own.
	 */
	DEFAULT_BUCKET,

	/**
	 * Lets everybody remove all data.
	 */
	FLUSH,

	/**
	 * Keeps what was changed in a bucket.
	 */
	HISTORY,

	/**
	 * Keeps users with passwords.
	 */
	ACCOUNTS;

	static Plugin named(String module) {
		return Stream.of(values())
			.filter((plugin) -> module.equals("kinto.plugins." + plugin.name().toLowerCase(Locale.ROOT)))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No such plugin"));
	}

}
