package io.kintospring.embedded.resource;

import java.util.Set;

import tools.jackson.databind.node.ObjectNode;

/**
 * Buckets.
 */
final class BucketResource extends Resource {

	static final String NAME = "bucket";

	private static final Set<String> CHECKED = Set.of(CollectionResource.NAME, GroupResource.NAME, RecordResource.NAME);

	BucketResource() {
		super(NAME, null, Set.of("read", "write", "collection:create", "group:create"), IdGenerator.NAME);
	}

	@Override
	void validate(ObjectNode data, String prefix, Validation validation) {
		CHECKED.forEach((name) -> JsonSchema.checkField(data, JsonSchema.fieldFor(name), prefix, validation));
	}

}
