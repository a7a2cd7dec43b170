package io.kintospring.embedded.resource;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.settings.StorageBackend;
import io.kintospring.embedded.storage.Fields;
import io.kintospring.embedded.storage.ObjectUri;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Validation of objects against the JSON schemas of their collection and bucket. It can
 * be disabled.
 */
public final class SchemaValidation {

	private static final int MAX_CACHED = 100;

	private static final String REQUIRED = "required";

	private final Map<String, JsonSchema> cache = new LinkedHashMap<>();

	private final ReadParents parents;

	private final boolean enabled;

	private final boolean stored;

	public SchemaValidation(ReadParents parents, KintoServerSettings settings) {
		this.parents = parents;
		this.enabled = settings.get(KintoSetting.EXPERIMENTAL_COLLECTION_SCHEMA_VALIDATION);
		this.stored = settings.get(KintoSetting.STORAGE_BACKEND) == StorageBackend.POSTGRESQL;
	}

	/**
	 * Validate a record against the schema of its collection, and store the version of
	 * the schema in it.
	 * @param draft the record
	 * @param collection the collection
	 * @throws KintoError if the record does not match the schema
	 */
	void checkByCollection(Draft draft, ObjectNode collection) {
		if (this.enabled && collection.path(JsonSchema.FIELD) instanceof ObjectNode schema) {
			check(draft, schema, Set.of(Fields.LAST_MODIFIED, JsonSchema.FIELD));
			draft.data().put(JsonSchema.FIELD, Fields.lastModified(collection));
		}
	}

	/**
	 * Validate an object against the schema of its bucket for this resource.
	 * @param draft the object
	 * @throws KintoError if the object does not match the schema, or an earlier request
	 * of the batch deleted the bucket
	 */
	void checkByBucket(Draft draft) {
		String resourceName = draft.uri().list().resourceName();
		ObjectUri uri = draft.uri().nearest(BucketResource.NAME);
		if (!this.enabled || uri == null) {
			return;
		}
		ObjectNode bucket = this.parents.find(uri);
		if (bucket == null) {
			throw KintoError.unknownParent(uri);
		}
		if (bucket.path(JsonSchema.fieldFor(resourceName)) instanceof ObjectNode schema) {
			Set<String> ignored = resourceName.equals(RecordResource.NAME)
					? Set.of(Fields.LAST_MODIFIED, JsonSchema.FIELD) : Set.of(Fields.LAST_MODIFIED);
			check(draft, schema, ignored);
		}
	}

	private void check(Draft draft, ObjectNode schema, Set<String> ignored) {
		ObjectNode data = draft.data().deepCopy().without(ignored);
		if (draft.named()) {
			data.put(Fields.ID, draft.uri().id());
		}
		ObjectNode relevant = schema.deepCopy();
		if (!schema.path("properties").has(Fields.ID)) {
			data.remove(Fields.ID);
			removeRequired(relevant, Set.of(Fields.ID));
		}
		removeRequired(relevant, ignored);
		// the text, because the order of equal schemas determines which error is reported
		this.cache.computeIfAbsent(relevant.toString(), (text) -> JsonSchema.of(relevant, this.stored)).check(data);
		if (this.cache.size() > MAX_CACHED) {
			this.cache.remove(this.cache.keySet().iterator().next());
		}
	}

	private static void removeRequired(ObjectNode schema, Set<String> names) {
		if (schema.path(REQUIRED) instanceof ArrayNode required) {
			required.removeIf((name) -> names.contains(name.asString("")));
			if (required.isEmpty()) {
				schema.remove(REQUIRED);
			}
		}
	}

}
