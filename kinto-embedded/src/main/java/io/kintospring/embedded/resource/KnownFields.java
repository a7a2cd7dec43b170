package io.kintospring.embedded.resource;

import java.util.Set;

import io.kintospring.embedded.storage.Fields;
import org.jspecify.annotations.Nullable;

/**
 * The fields that the objects of a resource can have.
 *
 * @param names their names, none if there can be any
 * @param ids the fields that are ids, and so never numbers
 */
record KnownFields(@Nullable Set<String> names, Set<String> ids) {

	/**
	 * Any field.
	 */
	static final KnownFields ANY = new KnownFields(null, Set.of(Fields.ID));

	private static final Set<String> SERVER_FIELDS = Set.of(Fields.ID, Fields.LAST_MODIFIED, Fields.DELETED);

	/**
	 * Whether there can be a field, of which only the first level counts.
	 * @param path the path of the field
	 * @return whether it is known
	 */
	boolean has(String path) {
		String name = path.split("\\.", 2)[0];
		return this.names == null || this.names.contains(name) || SERVER_FIELDS.contains(name);
	}

}
