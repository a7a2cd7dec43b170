package io.kintospring.embedded.storage;

import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sort order of a list.
 *
 * @param sorts the fields to sort by, the most significant first
 */
public record Sorting(List<Sort> sorts) {

	/**
	 * Number of columns that a query of Kinto can have in PostgreSQL, without those that
	 * it selects.
	 */
	private static final int MAX_SORTS = 1_661;

	/**
	 * Create a sort order.
	 * @param sorts the fields to sort by, the most significant first
	 * @throws BackendException if there are too many fields
	 */
	public Sorting {
		if (sorts.size() > MAX_SORTS) {
			throw BackendException.rejected("A query can sort by at most %d fields".formatted(MAX_SORTS));
		}
	}

	/**
	 * Return the sort keys of an object.
	 * @param object the object
	 * @return the values that the object is sorted by, each under the path of its field
	 */
	public ObjectNode keys(ObjectNode object) {
		ObjectNode keys = object.objectNode();
		for (Sort sort : this.sorts) {
			JsonNode value = Fields.find(object, sort.field());
			if (!value.isMissingNode()) {
				keys.set(sort.field(), value);
			}
		}
		return keys;
	}

}
