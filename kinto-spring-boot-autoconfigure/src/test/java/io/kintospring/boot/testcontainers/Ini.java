package io.kintospring.boot.testcontainers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Parser for Kinto's configuration file, which reads values as PasteDeploy does.
 */
final class Ini {

	private Ini() {
	}

	static Map<String, Map<String, String>> parse(String text) {
		Map<String, Map<String, String>> sections = new LinkedHashMap<>();
		Map<String, String> section = new LinkedHashMap<>();
		for (String line : text.lines().filter((line) -> !line.isBlank()).toList()) {
			if (line.startsWith("[")) {
				section = new LinkedHashMap<>();
				sections.put(line.substring(1, line.length() - 1), section);
			}
			else {
				String[] option = line.split(" = ", 2);
				String previous = section.put(option[0], interpolated(option[1]));
				if (previous != null) {
					throw new IllegalArgumentException("Duplicate option " + option[0]);
				}
			}
		}
		return sections;
	}

	static Map<String, String> settings(String text) {
		return Objects.requireNonNull(parse(text).get("app:main"));
	}

	/**
	 * Replace escaped percent signs. A single percent sign is an error.
	 */
	private static String interpolated(String value) {
		if (value.replace("%%", "").contains("%")) {
			throw new IllegalArgumentException("Invalid interpolation in " + value);
		}
		return value.replace("%%", "%");
	}

}
