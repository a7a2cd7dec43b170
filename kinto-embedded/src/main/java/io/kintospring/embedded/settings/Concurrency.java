package io.kintospring.embedded.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Way in which the server handles requests that are in flight at the same time.
 */
public enum Concurrency {

	/**
	 * One after another.
	 */
	SERIAL,

	/**
	 * As on PostgreSQL with its default isolation level, which loses updates.
	 */
	READ_COMMITTED,

	/**
	 * As on PostgreSQL with the isolation level {@code REPEATABLE READ}, which rejects
	 * conflicting updates.
	 */
	REPEATABLE_READ;

	static Concurrency named(String text) {
		String name = text.strip().toUpperCase(Locale.ROOT).replaceAll("[- ]", "_");
		return Arrays.stream(values())
			.filter((concurrency) -> concurrency.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("must be one of "
					+ Arrays.stream(values()).map(Concurrency::toString).collect(Collectors.joining(", "))));
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
