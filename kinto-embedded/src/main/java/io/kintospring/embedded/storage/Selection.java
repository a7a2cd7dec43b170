package io.kintospring.embedded.storage;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which objects of a list are wanted.
 *
 * @param filters conditions that all of them meet
 * @param sorting their order
 * @param previous the sort keys of the last object of the page before, none for the first
 * page
 * @param limit how many at most
 * @param includeDeleted whether tombstones are among them
 */
public record Selection(List<Filter> filters, Sorting sorting, @Nullable ObjectNode previous, int limit,
		boolean includeDeleted) {

	/**
	 * The same without tombstones.
	 * @return the selection
	 */
	public Selection withoutDeleted() {
		return new Selection(this.filters, this.sorting, this.previous, this.limit, false);
	}

}
