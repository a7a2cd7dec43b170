package io.kintospring.embedded.resource;

import java.math.BigInteger;
import java.util.Set;

import io.kintospring.embedded.json.KintoJson;
import io.kintospring.embedded.request.ErrorDetail;
import io.kintospring.embedded.request.Json;
import io.kintospring.embedded.request.Validation;
import io.kintospring.embedded.storage.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Collections.
 */
public final class CollectionResource extends Resource {

	public static final String NAME = "collection";

	/**
	 * Field with the time that anonymous readers can cache records, in seconds.
	 */
	static final String CACHE_EXPIRES = "cache_expires";

	/**
	 * Number of digits that Python converts.
	 */
	private static final int MAX_DIGITS = 4300;

	private final SchemaValidation schemas;

	public CollectionResource(Resource bucket, SchemaValidation schemas) {
		super(NAME, bucket, Set.of("read", "write", "record:create"), IdGenerator.NAME);
		this.schemas = schemas;
	}

	@Override
	public void validate(ObjectNode data, String prefix, Validation validation) {
		JsonSchema.checkField(data, JsonSchema.FIELD, prefix, validation);
		JsonNode seconds = data.path(CACHE_EXPIRES);
		if (!seconds.isNumber() && !seconds.isBoolean() && !Fields.isTrue(seconds)) {
			data.remove(CACHE_EXPIRES);
		}
		else {
			BigInteger number = integer(seconds);
			if (number != null) {
				data.set(CACHE_EXPIRES, KintoJson.number(number));
			}
			else {
				validation.add(ErrorDetail.body(prefix + CACHE_EXPIRES, "Should be a number of seconds"));
			}
		}
	}

	@Override
	void process(Draft draft) {
		this.schemas.checkByBucket(draft);
	}

	private static @Nullable BigInteger integer(JsonNode value) {
		if (value.isBoolean()) {
			return value.asBoolean() ? BigInteger.ONE : BigInteger.ZERO;
		}
		if (value.isNumber()) {
			return Json.integer(value);
		}
		String text = value.asString("").strip();
		try {
			return (text.length() <= MAX_DIGITS) ? new BigInteger(text) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}
