package io.kintospring.embedded.request;

import java.util.Set;

import io.kintospring.embedded.storage.Fields;
import org.jspecify.annotations.Nullable;

/**
 * Fields that the objects of a resource can have.
 *
 * @param names the names of the fields, or {@code null} if all names are allowed
 * @param ids the fields that are ids, and therefore never numbers
 */
public record KnownFields(@Nullable Set<String> names, Set<String> ids) {

	/**
	 * All fields.
	 */
	public static final KnownFields ANY = new KnownFields(null, Set.of(Fields.ID));

	private static final Set<String> SERVER_FIELDS = Set.of(Fields.ID, Fields.LAST_MODIFIED, Fields.DELETED);

	/**
	 * Return whether a field can exist. Only the first level of its path counts.
	 * @param path the path of the field
	 * @return whether the field can exist
	 */
	boolean has(String path) {
		String name = path.split("\\.", 2)[0];
		return this.names == null || this.names.contains(name) || SERVER_FIELDS.contains(name);
	}

}
