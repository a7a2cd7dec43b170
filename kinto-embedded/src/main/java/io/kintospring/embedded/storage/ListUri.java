package io.kintospring.embedded.storage;

import org.jspecify.annotations.Nullable;

/**
 * Where a list of objects is, as in <code>/buckets/blog/collections</code>.
 *
 * @param parent the object that the list belongs to, none for a list at the root
 * @param resourceName the name of the resource of its objects, as in
 * <code>collection</code>
 */
public record ListUri(@Nullable ObjectUri parent, String resourceName) {

	/**
	 * Where an object of the list is.
	 * @param id the id of the object
	 * @return where it is
	 */
	public ObjectUri object(String id) {
		return new ObjectUri(this, id);
	}

	/**
	 * Whether the list goes when an object goes.
	 * @param object the object
	 * @return whether the object is an ancestor of the list
	 */
	public boolean isBelow(ObjectUri object) {
		return this.parent != null && (this.parent.equals(object) || this.parent.list().isBelow(object));
	}

	@Override
	public String toString() {
		return ((this.parent != null) ? this.parent : "") + "/" + this.resourceName + "s";
	}

}
