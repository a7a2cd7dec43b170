package io.kintospring.embedded.storage;

import java.util.Comparator;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Strategy for what differs between Kinto's storage backends: which value a path leads
 * to, how values are compared, and what is kept of a value that is stored.
 */
public interface Backend {

	/**
	 * Return a backend that behaves like Kinto's memory backend.
	 * @return the backend
	 */
	static Backend memory() {
		return MemoryBackend.INSTANCE;
	}

	/**
	 * Return a backend that behaves like Kinto with PostgreSQL.
	 * @param collation the locale whose rules order text, or {@code null} to order text
	 * by code point
	 * @return the backend
	 */
	static Backend postgresql(@Nullable Locale collation) {
		return new PostgresqlBackend((collation != null) ? TextOrder.of(collation) : TextOrder.CODE_POINTS);
	}

	/**
	 * Return a function that finds the value of a field.
	 * @param path the path of the field, which can contain dots
	 * @return returns the value, or a missing node
	 */
	Function<ObjectNode, JsonNode> field(String path);

	/**
	 * Return the order of the values of a field.
	 * @param path the path of the field
	 * @return the order, in which missing values come last
	 */
	Comparator<JsonNode> order(String path);

	/**
	 * Return a function that evaluates a filter.
	 * @param filter the filter
	 * @return returns whether an object meets the condition of the filter
	 * @throws BackendException if the backend does not support the value of the filter.
	 * The function throws it if the value of an object is not supported.
	 */
	Predicate<ObjectNode> condition(Filter filter);

	/**
	 * Return an object as the backend returns it after storing it.
	 * @param data the object to store
	 * @return a copy
	 * @throws BackendException if the backend cannot store the object
	 */
	ObjectNode written(ObjectNode data);

	/**
	 * Return an object as the backend finds it later.
	 * @param written the object as the backend returned it after storing it
	 * @return the same object, or a copy
	 * @throws BackendException if the backend cannot store the object
	 */
	ObjectNode kept(ObjectNode written);

}
