package io.kintospring.embedded.settings;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Optional parts of the server.
 */
public enum Plugin {

	/**
	 * Personal bucket of each user.
	 */
	DEFAULT_BUCKET("kinto.plugins.default_bucket"),

	/**
	 * Endpoint that removes all data.
	 */
	FLUSH("kinto.plugins.flush"),

	/**
	 * History of the changes in each bucket.
	 */
	HISTORY("kinto.plugins.history"),

	/**
	 * Accounts with passwords.
	 */
	ACCOUNTS("kinto.plugins.accounts"),

	/**
	 * Endpoint that counts all objects.
	 */
	COUNTERS("kinto.plugins.counters"),

	/**
	 * Attachments of records.
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
			.orElseThrow(() -> new IllegalArgumentException(
					"unsupported plugin '%s', supported plugins are %s".formatted(module,
							Stream.of(values()).map((plugin) -> plugin.module).collect(Collectors.joining(", ")))));
	}

}
