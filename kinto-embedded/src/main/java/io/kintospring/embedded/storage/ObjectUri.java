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
	 * Parse the text of a URI.
	 * @param text the text, such as {@code /buckets/blog}
	 * @return the URI
	 * @throws IllegalArgumentException if the text is not the URI of an object
	 */
	public static ObjectUri parse(String text) {
		String[] parts = text.split("/", -1);
		ObjectUri uri = null;
		for (int i = 1; i + 1 < parts.length; i += 2) {
			uri = new ListUri(uri, parts[i].replaceFirst("s$", "")).object(parts[i + 1]);
		}
		if (uri == null || !uri.toString().equals(text)) {
			throw new IllegalArgumentException("'%s' is not the URI of an object".formatted(text));
		}
		return uri;
	}

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
