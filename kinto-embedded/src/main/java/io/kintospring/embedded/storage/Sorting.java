package io.kintospring.embedded.storage;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sort order of a list.
 *
 * @param sorts the fields to sort by, the most significant first
 */
public record Sorting(List<Sort> sorts) implements Comparator<ObjectNode> {

	@Override
	public int compare(ObjectNode left, ObjectNode right) {
		return compare(values(left), values(right));
	}

	List<ObjectNode> sort(Collection<ObjectNode> objects) {
		return objects.stream()
			.map((object) -> new Keyed(values(object), object))
			.sorted((left, right) -> compare(left.values(), right.values()))
			.map(Keyed::object)
			.toList();
	}

	/**
	 * Return the sort keys of an object.
	 * @param object the object
	 * @return the values that the object is sorted by, each under the path of its field;
	 * the keys sort like the object
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

	private int compare(List<JsonNode> left, List<JsonNode> right) {
		for (int i = 0; i < this.sorts.size(); i++) {
			int order = JsonOrder.INSTANCE.compare(left.get(i), right.get(i));
			if (order != 0) {
				return this.sorts.get(i).descending() ? -order : order;
			}
		}
		return 0;
	}

	private List<JsonNode> values(ObjectNode object) {
		return this.sorts.stream().map((sort) -> Fields.find(object, sort.field())).toList();
	}

	/**
	 * Object with its sort values, which are extracted only once.
	 *
	 * @param values the sort values
	 * @param object the object
	 */
	private record Keyed(List<JsonNode> values, ObjectNode object) {
	}

}
