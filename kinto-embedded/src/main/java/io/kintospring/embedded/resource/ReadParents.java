package io.kintospring.embedded.resource;

import java.util.HashMap;
import java.util.Map;

import io.kintospring.embedded.request.Json;
import io.kintospring.embedded.storage.ObjectUri;
import io.kintospring.embedded.storage.Storage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Buckets and collections that the requests of one batch have read, because they wrote or
 * read objects below. As in Kinto, they are read once, so a later request of the batch
 * does not notice their change or deletion.
 */
public final class ReadParents {

	private final Map<ObjectUri, ObjectNode> parents = new HashMap<>();

	private final Storage storage;

	public ReadParents(Storage storage) {
		this.storage = storage;
	}

	@Nullable ObjectNode find(ObjectUri uri) {
		return this.parents.computeIfAbsent(uri, this.storage::find);
	}

	/**
	 * Treat an object as read, but without its fields.
	 * @param uri the URI of the object
	 * @return whether the object was not read yet
	 */
	public boolean addWithoutFields(ObjectUri uri) {
		return this.parents.putIfAbsent(uri, Json.object()) == null;
	}

	public void clear() {
		this.parents.clear();
	}

}
