package io.kintospring.embedded.storage;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * URI of a list of objects, such as {@code /buckets/blog/collections}.
 *
 * @param parent the object that contains the list, or {@code null} for a top-level list
 * @param resourceName the resource name of its objects, such as {@code collection}
 */
public record ListUri(@Nullable ObjectUri parent, String resourceName) {

	/**
	 * Return the URI of an object in this list.
	 * @param id the id of the object
	 * @return the URI
	 */
	public ObjectUri object(String id) {
		return new ObjectUri(this, id);
	}

	/**
	 * Return whether an object is an ancestor of this list.
	 * @param object the object
	 * @return whether the object is an ancestor
	 */
	public boolean isBelow(ObjectUri object) {
		return this.parent != null && (this.parent.equals(object) || this.parent.list().isBelow(object));
	}

	/**
	 * Return whether this is a list, or a list below one of its objects.
	 * @param list the list
	 * @return whether this list is part of it
	 */
	public boolean isPartOf(ListUri list) {
		return equals(list) || (this.parent != null && this.parent.list().isPartOf(list));
	}

	/**
	 * Return the ids of the objects that contain this list, such as those of its bucket
	 * and its collection.
	 * @return the ids, those of the outermost object first
	 */
	public List<String> parentIds() {
		return (this.parent != null)
				? Stream.concat(this.parent.list().parentIds().stream(), Stream.of(this.parent.id())).toList()
				: List.of();
	}

	@Override
	public String toString() {
		return ((this.parent != null) ? this.parent : "") + "/" + this.resourceName + "s";
	}

}
