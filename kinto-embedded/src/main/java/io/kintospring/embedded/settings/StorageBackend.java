package io.kintospring.embedded.settings;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Storage of a Kinto server, whose behavior the embedded server imitates.
 */
public enum StorageBackend {

	/**
	 * PostgreSQL, as in production.
	 */
	POSTGRESQL("kinto.core.storage.postgresql"),

	/**
	 * Kinto's memory backend.
	 */
	MEMORY("kinto.core.storage.memory");

	private final String module;

	StorageBackend(String module) {
		this.module = module;
	}

	static StorageBackend named(String module) {
		return Arrays.stream(values())
			.filter((backend) -> backend.module.equals(module.strip()))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("must be one of "
					+ Arrays.stream(values()).map((backend) -> backend.module).collect(Collectors.joining(", "))));
	}

}
