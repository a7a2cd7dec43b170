package io.kintospring.embedded.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * Names of an object's fields in the order in which PostgreSQL keeps them.
 */
public final class StoredNames {

	private static final Comparator<String> ORDER = Comparator.comparing(
			(name) -> name.getBytes(StandardCharsets.UTF_8),
			Comparator.<byte[]>comparingInt((bytes) -> bytes.length).thenComparing(Arrays::compareUnsigned));

	private StoredNames() {
	}

	/**
	 * Return the names of an object in order: shorter names come first.
	 * @param object the object
	 * @return the names
	 */
	public static List<String> of(JsonNode object) {
		return object.propertyNames().stream().sorted(ORDER).toList();
	}

}
