package io.kintospring.embedded.resource;

import java.util.Set;

import io.kintospring.embedded.request.KnownFields;
import io.kintospring.embedded.storage.Fields;

/**
 * History entries of a bucket, which are only available as a list.
 */
public final class HistoryResource extends Resource {

	public static final String NAME = "history";

	private static final KnownFields FIELDS = new KnownFields(Set.of("user_id", "uri", "action", "date",
			"resource_name", "bucket_id", "collection_id", "group_id", "record_id", "target"),
			Set.of(Fields.ID, "bucket_id", "collection_id", "record_id"));

	public HistoryResource(Resource bucket) {
		super(NAME, bucket, Set.of("read", "write"), IdGenerator.UUID4);
	}

	@Override
	public String plural() {
		return NAME;
	}

	@Override
	public boolean isCreatable() {
		return false;
	}

	@Override
	public boolean hasTotals() {
		return false;
	}

	@Override
	public KnownFields fields() {
		return FIELDS;
	}

}
