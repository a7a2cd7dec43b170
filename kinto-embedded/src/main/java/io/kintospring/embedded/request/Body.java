package io.kintospring.embedded.request;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

import io.kintospring.embedded.storage.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Parsed body of a request, not yet validated.
 *
 * @param json the JSON value; an empty object if the request has no body, or {@code null}
 * if the body is invalid
 */
public record Body(@Nullable JsonNode json) {

	public static Body read(KintoRequest request) {
		if (request.body().length == 0) {
			return new Body(Json.object());
		}
		try {
			JsonNode json = Json.read(text(request));
			return new Body(json.isContainer() ? json : null);
		}
		catch (JacksonException | CharacterCodingException ex) {
			return new Body(null);
		}
	}

	private static String text(KintoRequest request) throws CharacterCodingException {
		Charset charset = Negotiation.charset(request);
		if (charset == null) {
			throw new CharacterCodingException();
		}
		return charset.newDecoder().decode(ByteBuffer.wrap(request.body())).toString();
	}

	/**
	 * Return the id of the object in the body.
	 * @return the id, or a missing node
	 */
	public JsonNode id() {
		return content().path(Envelope.DATA).path(Fields.ID);
	}

	/**
	 * Return the content of the body.
	 * @return the JSON value, or a missing node if the body is invalid
	 */
	public JsonNode content() {
		return (this.json != null) ? this.json : MissingNode.getInstance();
	}

	/**
	 * Return the JSON object or array in the body. As in Kinto, an invalid body results
	 * in two errors.
	 * @param validation collects the errors
	 * @return the object or array, or {@code null} if the body is invalid
	 */
	@Nullable JsonNode container(Validation validation) {
		if (this.json == null) {
			validation.add(ErrorDetail.body("", "Should be a JSON object or array"));
			validation.add(ErrorDetail.body("", "Is required"));
		}
		return this.json;
	}

}
