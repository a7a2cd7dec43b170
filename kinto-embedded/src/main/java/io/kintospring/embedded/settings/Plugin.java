package io.kintospring.embedded.settings;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A part of the server that can be left out.
 */
public enum Plugin {

	/**
	 * Gives each user a bucket of their own.
	 */
	DEFAULT_BUCKET("kinto.plugins.default_bucket"),

	/**
	 * Lets everybody remove all data.
	 */
	FLUSH("kinto.plugins.flush"),

	/**
	 * Keeps what was changed in a bucket.
	 */
	HISTORY("kinto.plugins.history"),

	/**
	 * Keeps users with passwords.
	 */
	ACCOUNTS("kinto.plugins.accounts"),

	/**
	 * Lets records have files.
	 */
	ATTACHMENT("kinto_attachment");

	private final String module;

	Plugin(String module) {
		this.module = module;
	}

	static Plugin named(String module) {
		return Stream.of(values())
			.filter((plugin) -> plugin.module.equals(module))
			.findFirst()
			.orElseThrow(
					() -> new IllegalArgumentException("'%s' is none of its plugins, which are: %s".formatted(module,
							Stream.of(values()).map((plugin) -> plugin.module).collect(Collectors.joining(", ")))));
	}

}
