package io.kintospring.boot.initialization;

import java.util.List;

/**
 * Change that initialization made or plans. It does not contain values.
 *
 * @param path the path of the object on the server, such as
 * {@code /buckets/blog/collections/posts}
 * @param created whether the object is created, as opposed to changed
 * @param fields the names of the fields and permissions that are written, such as
 * {@code schema} and {@code permissions.read}
 */
public record KintoChange(String path, boolean created, List<String> fields) {

	/**
	 * Create a change.
	 * @param path the path of the object
	 * @param created whether the object is created
	 * @param fields the names of the fields and permissions
	 */
	public KintoChange {
		fields = List.copyOf(fields);
	}

	@Override
	public String toString() {
		return (this.created ? "create " : "change ") + this.path
				+ (this.fields.isEmpty() ? "" : " (" + String.join(", ", this.fields) + ")");
	}

}
