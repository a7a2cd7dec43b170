package io.kintospring.embedded.resource;

import java.nio.charset.StandardCharsets;

import io.kintospring.embedded.storage.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The body of a request, read but not yet checked.
 *
 * @param json its value, an empty object if there is no body, none if it can't be read
 */
record Body(@Nullable JsonNode json) {

	static Body read(KintoRequest request) {
		if (request.body().length == 0) {
			return new Body(Json.object());
		}
		try {
			JsonNode json = Json.read(new String(request.body(), StandardCharsets.UTF_8));
			return new Body(json.isContainer() ? json : null);
		}
		catch (JacksonException ex) {
			return new Body(null);
		}
	}

	/**
	 * The id that the object in the body has.
	 * @return the id, a missing node if it has none
	 */
	JsonNode id() {
		return content().path(Envelope.DATA).path(Fields.ID);
	}

	/**
	 * What there is of the body.
	 * @return its value, a missing node if it can't be read
	 */
	JsonNode content() {
		return (this.json != null) ? this.json : MissingNode.getInstance();
	}

	/**
	 * Checks that the body is a JSON object or array. What Kinto says about one that is
	 * not, it says twice.
	 * @param validation what to tell
	 * @return the value, none if it is something else
	 */
	@Nullable JsonNode container(Validation validation) {
		if (this.json == null) {
			validation.add(ErrorDetail.body("", "Should be a JSON object or array"));
			validation.add(ErrorDetail.body("", "Is required"));
		}
		return this.json;
	}

}
