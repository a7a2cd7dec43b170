package io.kintospring.embedded.storage;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The order of a list.
 *
 * @param sorts the fields to sort by, the first one decides
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
	 * The values that an object is sorted by.
	 * @param object the object
	 * @return its values, each by the path of its field; it sorts where the object sorts
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
	 * An object with the values that it is sorted by, so that they are looked for once.
	 *
	 * @param values the values
	 * @param object the object
	 */
	private record Keyed(List<JsonNode> values, ObjectNode object) {
	}

}
