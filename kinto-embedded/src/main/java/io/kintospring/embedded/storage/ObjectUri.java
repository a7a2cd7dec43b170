package io.kintospring.embedded.storage;

import org.jspecify.annotations.Nullable;

/**
 * Where an object is, as in <code>/buckets/blog</code>.
 *
 * @param list the list that it is in
 * @param id its id
 */
public record ObjectUri(ListUri list, String id) {

	/**
	 * The object itself or the one above it that is of a resource.
	 * @param resourceName the name of the resource
	 * @return where that object is, none if there is none
	 */
	public @Nullable ObjectUri nearest(String resourceName) {
		if (this.list.resourceName().equals(resourceName)) {
			return this;
		}
		ObjectUri parent = this.list.parent();
		return (parent != null) ? parent.nearest(resourceName) : null;
	}

	@Override
	public String toString() {
		return this.list + "/" + this.id;
	}

}
