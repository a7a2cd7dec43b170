package io.kintospring.embedded.storage;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sorted objects of a list. A page is found by binary search, so later pages cost no more
 * than earlier ones.
 */
public final class SortedObjects {

	private final Sorting sorting;

	private final List<ObjectNode> objects;

	/**
	 * Create a sorted copy of objects.
	 * @param objects the objects
	 * @param sorting the sort order
	 */
	public SortedObjects(Collection<ObjectNode> objects, Sorting sorting) {
		this.sorting = sorting;
		this.objects = sorting.sort(objects);
	}

	/**
	 * Return the objects that a selection selects.
	 * @param selection the selection, which must have the sort order of these objects
	 * @return the objects
	 */
	public List<ObjectNode> select(Selection selection) {
		return after(selection.previous()).filter((object) -> Filter.allMatch(selection.filters(), object))
			.limit(selection.limit())
			.toList();
	}

	/**
	 * Count the objects that meet all conditions.
	 * @param filters the conditions
	 * @return the number of objects
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
