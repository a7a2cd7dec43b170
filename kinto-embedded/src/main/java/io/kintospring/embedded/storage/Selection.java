package io.kintospring.embedded.storage;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Criteria that select objects of a list.
 *
 * @param filters the conditions that all objects must meet
 * @param sorting the sort order
 * @param previous the sort keys of the last object of the previous page, or {@code null}
 * for the first page
 * @param limit the maximum number of objects
 * @param includeDeleted whether to include tombstones
 */
public record Selection(List<Filter> filters, Sorting sorting, @Nullable ObjectNode previous, int limit,
		boolean includeDeleted) {

	/**
	 * Return the same selection without tombstones.
	 * @return the selection
	 */
	public Selection withoutDeleted() {
		return new Selection(this.filters, this.sorting, this.previous, this.limit, false);
	}

}
