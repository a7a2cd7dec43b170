package io.kintospring.embedded.storage;

import java.util.Base64;
import java.util.UUID;

import io.kintospring.embedded.json.KintoJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Position in a list where a page ends, encoded so that a client can send it back.
 *
 * @param lastObject the sort keys of the last object of the page
 * @param nonce the value that makes the token unique
 */
public record PageToken(ObjectNode lastObject, String nonce) {

	private static final String LAST_OBJECT = "last_object";

	private static final String OFFSET = "offset";

	private static final String NONCE = "nonce";

	/**
	 * Create a unique token.
	 * @param lastObject the sort keys of the last object of the page
	 * @return the token
	 */
	public static PageToken create(ObjectNode lastObject) {
		return new PageToken(lastObject, "pagination-token-" + UUID.randomUUID());
	}

	/**
	 * Parse a token that a client sends.
	 * @param text the text of the token
	 * @return the token
	 * @throws IllegalArgumentException if the text is not a valid token
	 */
	public static PageToken parse(String text) {
		try {
			byte[] json = Base64.getUrlDecoder().decode(text);
			JsonNode token = KintoJson.read(json);
			if (token.path(LAST_OBJECT) instanceof ObjectNode lastObject && token.has(OFFSET) && token.has(NONCE)) {
				return new PageToken(lastObject, token.path(NONCE).asString(""));
			}
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(ex);
		}
		throw new IllegalArgumentException("The page token is incomplete");
	}

	@Override
	public String toString() {
		ObjectNode json = JsonNodeFactory.instance.objectNode();
		json.set(LAST_OBJECT, this.lastObject);
		json.put(OFFSET, 0);
		json.put(NONCE, this.nonce);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(KintoJson.write(json));
	}

}
