package io.kintospring.embedded.resource;

import java.util.List;
import java.util.Set;

import io.kintospring.embedded.request.Validation;
import tools.jackson.databind.node.ObjectNode;

/**
 * Buckets.
 */
public final class BucketResource extends Resource {

	public static final String NAME = "bucket";

	private static final List<String> CHECKED = List.of(CollectionResource.NAME, GroupResource.NAME,
			RecordResource.NAME);

	public BucketResource() {
		super(NAME, null, Set.of("read", "write", "collection:create", "group:create"), IdGenerator.NAME);
	}

	@Override
	public void validate(ObjectNode data, String prefix, Validation validation) {
		CHECKED.forEach((name) -> JsonSchema.checkField(data, JsonSchema.fieldFor(name), prefix, validation));
	}

}
