package io.kintospring.embedded.resource;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;

import io.kintospring.embedded.json.JsonEquality;
import io.kintospring.embedded.request.Errno;
import io.kintospring.embedded.request.Json;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.settings.Plugin;
import io.kintospring.embedded.storage.Fields;
import io.kintospring.embedded.storage.ListUri;
import io.kintospring.embedded.storage.ObjectUri;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpStatus;

/**
 * Records.
 */
public final class RecordResource extends Resource {

	public static final String NAME = "record";

	/**
	 * Field that describes the attachment.
	 */
	public static final String ATTACHMENT = "attachment";

	private final ReadParents parents;

	private final SchemaValidation schemas;

	private final KintoServerSettings settings;

	private final boolean attachments;

	public RecordResource(Resource collection, ReadParents parents, SchemaValidation schemas,
			KintoServerSettings settings) {
		super(NAME, collection, Set.of("read", "write"), IdGenerator.UUID4);
		this.parents = parents;
		this.schemas = schemas;
		this.settings = settings;
		this.attachments = settings.plugins().contains(Plugin.ATTACHMENT);
	}

	@Override
	protected void requireParent(Model model, ListUri list) {
		ObjectUri collection = list.parent();
		if (collection != null && this.parents.find(collection) == null) {
			throw KintoError.unknownParent(collection);
		}
	}

	/**
	 * Reject a change of the attachment. Clients can remove the field.
	 */
	@Override
	public void requireChangeable(ObjectNode before, ObjectNode after) {
		JsonNode attachment = after.path(ATTACHMENT);
		if (this.attachments && Fields.isTrue(attachment) && Fields.isTrue(before.path(ATTACHMENT))
				&& !JsonEquality.equalInPython(attachment, before.path(ATTACHMENT))) {
			throw KintoError.of(HttpStatus.BAD_REQUEST, Errno.UNDEFINED,
					"What is told about an attachment can't be changed");
		}
	}

	@Override
	void process(Draft draft) {
		this.schemas.checkByCollection(draft, collection(draft.uri().list()));
		this.schemas.checkByBucket(draft);
	}

	@Override
	public Optional<Long> cacheExpires(ListUri list) {
		Optional<Long> configured = this.settings.get(KintoSetting.RECORD_CACHE_EXPIRES_SECONDS, list.parentIds())
			.map(Integer::longValue);
		JsonNode stored = collection(list).path(CollectionResource.CACHE_EXPIRES);
		BigInteger seconds = stored.isNumber() ? Json.integer(stored) : null;
		if (seconds == null) {
			return configured;
		}
		BigInteger longest = seconds.max(BigInteger.valueOf(configured.orElse(-1L)));
		return Optional.of(longest.min(BigInteger.valueOf(Long.MAX_VALUE)).longValue());
	}

	private ObjectNode collection(ListUri list) {
		ObjectUri uri = list.parent();
		ObjectNode collection = (uri != null) ? this.parents.find(uri) : null;
		return (collection != null) ? collection : Json.object();
	}

}
