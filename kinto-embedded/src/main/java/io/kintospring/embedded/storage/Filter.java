package io.kintospring.embedded.storage;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Condition on the objects of a list.
 *
 * @param field the path of the field
 * @param comparison the operator
 * @param value the value to compare with; an array if the operator takes several values
 */
public record Filter(String field, Comparison comparison, JsonNode value) {

	/**
	 * Combine filters. As in Kinto, {@link Comparison#LIKE} is evaluated only if an
	 * object meets all other conditions.
	 * @param filters the filters
	 * @param backend the backend that evaluates them
	 * @return returns whether an object meets all conditions
	 * @throws BackendException if the backend does not support the value of a filter
	 */
	static Predicate<ObjectNode> all(List<Filter> filters, Backend backend) {
		return filters.stream()
			.sorted(Comparator.comparing((filter) -> filter.comparison() == Comparison.LIKE))
			.map(backend::condition)
			.reduce((object) -> true, Predicate::and);
	}

}
