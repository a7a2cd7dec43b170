package io.kintospring.embedded.storage;

import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * A condition on the objects of a list.
 *
 * @param field the path of a field
 * @param comparison how the field is compared
 * @param value with what; an array where the comparison has several values
 */
public record Filter(String field, Comparison comparison, JsonNode value) {

	static boolean allMatch(List<Filter> filters, JsonNode object) {
		return filters.stream().allMatch((filter) -> filter.matches(object));
	}

	private boolean matches(JsonNode object) {
		return this.comparison.test(Fields.find(object, this.field), this.value);
	}

}
