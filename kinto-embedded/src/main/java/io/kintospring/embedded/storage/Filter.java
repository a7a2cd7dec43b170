package io.kintospring.embedded.storage;

import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * Condition on the objects of a list.
 *
 * @param field the path of the field
 * @param comparison the operator
 * @param value the value to compare with; an array if the operator takes several values
 */
public record Filter(String field, Comparison comparison, JsonNode value) {

	static boolean allMatch(List<Filter> filters, JsonNode object) {
		return filters.stream().allMatch((filter) -> filter.matches(object));
	}

	private boolean matches(JsonNode object) {
		return this.comparison.test(Fields.find(object, this.field), this.value);
	}

}
