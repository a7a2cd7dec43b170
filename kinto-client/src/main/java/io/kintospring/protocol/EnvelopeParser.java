package io.kintospring.protocol;

import io.kintospring.KintoObject;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.json.DataMapping.ReadData;
import io.kintospring.json.KintoJson;
import io.kintospring.json.ServerFields;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * Reads what all response bodies have in common.
 */
final class EnvelopeParser {

	static final String DATA = "data";

	private EnvelopeParser() {
	}

	static JsonNode readTree(JsonParser parser) {
		return KintoJson.tree(expect(parser, parser.currentToken(), JsonToken.START_OBJECT));
	}

	static KintoTombstone tombstone(JsonNode data) {
		return new KintoTombstone(data.required(ServerFields.ID).stringValue(),
				KintoTimestamp.of(data.required(ServerFields.LAST_MODIFIED).longValue()));
	}

	static <T> KintoObject<T> object(@Nullable ReadData<T> data, KintoPermissions permissions) {
		if (data == null) {
			throw noData();
		}
		if (data.id() == null || data.lastModified() == null) {
			throw new UnreadableException(
					"an object has no '" + ServerFields.ID + "' or no '" + ServerFields.LAST_MODIFIED + "'");
		}
		return new KintoObject<>(data.id(), KintoTimestamp.of(data.lastModified()), data.data(), permissions);
	}

	static JsonParser expect(JsonParser parser, @Nullable JsonToken token, JsonToken expected) {
		if (token != expected) {
			throw new UnreadableException(unexpected(token, expected));
		}
		return parser;
	}

	/**
	 * Return the message for a token that was not expected.
	 * @param token the token, or {@code null} at the end of the body
	 */
	static String unexpected(@Nullable JsonToken token, JsonToken expected) {
		return "expected " + expected + ", but found " + ((token != null) ? token : "the end of the body");
	}

	static UnreadableException noData() {
		return new UnreadableException("the response has no '" + DATA + "'");
	}

}
