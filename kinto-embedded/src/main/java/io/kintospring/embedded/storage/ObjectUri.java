package io.kintospring.embedded.storage;

import org.jspecify.annotations.Nullable;

/**
 * URI of an object, such as {@code /buckets/blog}.
 *
 * @param list the list that contains the object
 * @param id the id of the object
 */
public record ObjectUri(ListUri list, String id) {

	/**
	 * Return this object or its nearest ancestor of a resource.
	 * @param resourceName the name of the resource
	 * @return the URI, or {@code null} if there is no such ancestor
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
