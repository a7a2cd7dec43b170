package io.kintospring.embedded.storage;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sorted objects of a list. A page is found by binary search, so later pages cost no more
 * than earlier ones.
 */
public final class SortedObjects {

	private final Backend backend;

	private final List<Sort> sorts;

	private final List<Function<ObjectNode, JsonNode>> fields;

	private final List<Comparator<JsonNode>> orders;

	private final List<ObjectNode> objects;

	/**
	 * Create a sorted copy of objects.
	 * @param objects the objects
	 * @param sorting the sort order
	 * @param backend the backend that compares values
	 */
	public SortedObjects(Collection<ObjectNode> objects, Sorting sorting, Backend backend) {
		this.backend = backend;
		this.sorts = sorting.sorts();
		this.orders = this.sorts.stream().map((sort) -> backend.order(sort.field())).toList();
		this.fields = this.sorts.stream().map((sort) -> backend.field(sort.field())).toList();
		this.objects = objects.stream()
			.map((object) -> new Keyed(values(object), object))
			.sorted((left, right) -> compare(left.values(), right.values()))
			.map(Keyed::object)
			.toList();
	}

	/**
	 * Return the objects that a selection selects.
	 * @param selection the selection, which must have the sort order of these objects
	 * @return the objects
	 * @throws BackendException if the backend does not support a filter
	 */
	public List<ObjectNode> select(Selection selection) {
		Predicate<ObjectNode> condition = Filter.all(selection.filters(), this.backend);
		return after(selection.previous()).filter(condition).limit(selection.limit()).toList();
	}

	/**
	 * Count the objects that meet all conditions.
	 * @param filters the conditions
	 * @return the number of objects
	 * @throws BackendException if the backend does not support a filter
	 */
	public long count(List<Filter> filters) {
		return after(null).filter(Filter.all(filters, this.backend)).count();
	}

	private Stream<ObjectNode> after(@Nullable ObjectNode previous) {
		int from = (previous != null) ? firstAfter(previous) : 0;
		return this.objects.subList(from, this.objects.size()).stream();
	}

	private int firstAfter(ObjectNode previous) {
		List<JsonNode> values = this.sorts.stream().map((sort) -> previous.path(sort.field())).toList();
		int from = 0;
		int to = this.objects.size();
		while (from < to) {
			int middle = (from + to) >>> 1;
			if (compare(values(this.objects.get(middle)), values) > 0) {
				to = middle;
			}
			else {
				from = middle + 1;
			}
		}
		return from;
	}

	private List<JsonNode> values(ObjectNode object) {
		return this.fields.stream().map((field) -> field.apply(object)).toList();
	}

	private int compare(List<JsonNode> left, List<JsonNode> right) {
		for (int i = 0; i < this.sorts.size(); i++) {
			int order = this.orders.get(i).compare(left.get(i), right.get(i));
			if (order != 0) {
				return this.sorts.get(i).descending() ? -order : order;
			}
		}
		return 0;
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
