package io.kintospring.embedded.storage;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Objects in the order of a list, so that a page of the list is found without looking at
 * those before.
 */
public final class SortedObjects {

	private final Sorting sorting;

	private final List<ObjectNode> objects;

	/**
	 * Sorts objects.
	 * @param objects the objects
	 * @param sorting the order
	 */
	public SortedObjects(Collection<ObjectNode> objects, Sorting sorting) {
		this.sorting = sorting;
		this.objects = sorting.sort(objects);
	}

	/**
	 * Some of the objects.
	 * @param selection which ones; its order is the one of these objects
	 * @return the objects
	 */
	public List<ObjectNode> select(Selection selection) {
		return after(selection.previous()).filter((object) -> Filter.allMatch(selection.filters(), object))
			.limit(selection.limit())
			.toList();
	}

	/**
	 * How many of the objects meet some conditions.
	 * @param filters the conditions
	 * @return how many
	 */
	public long count(List<Filter> filters) {
		return this.objects.stream().filter((object) -> Filter.allMatch(filters, object)).count();
	}

	private Stream<ObjectNode> after(@Nullable ObjectNode previous) {
		if (previous == null) {
			return this.objects.stream();
		}
		int from = 0;
		int to = this.objects.size();
		while (from < to) {
			int middle = (from + to) >>> 1;
			if (this.sorting.compare(this.objects.get(middle), previous) > 0) {
				to = middle;
			}
			else {
				from = middle + 1;
			}
		}
		return this.objects.subList(from, this.objects.size()).stream();
	}

}
