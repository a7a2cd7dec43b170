package io.kintospring.embedded.resource;

import java.util.HashMap;
import java.util.Map;

import io.kintospring.embedded.storage.ObjectUri;
import io.kintospring.embedded.storage.Storage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Collections that the requests for records of one batch have read. As in Kinto, they are
 * read once, so a later request of the batch does not notice their change or deletion.
 */
final class ReadCollections {

	private final Map<ObjectUri, ObjectNode> collections = new HashMap<>();

	private final Storage storage;

	ReadCollections(Storage storage) {
		this.storage = storage;
	}

	@Nullable ObjectNode find(ObjectUri uri) {
		return this.collections.computeIfAbsent(uri, this.storage::find);
	}

	void clear() {
		this.collections.clear();
	}

}
