package io.kintospring.embedded.request;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;

/**
 * Content of the response to a patch, which the header {@code Response-Behavior} selects.
 */
public enum ResponseBehavior {

	/**
	 * The whole object.
	 */
	FULL,

	/**
	 * The fields that changed.
	 */
	LIGHT,

	/**
	 * The fields that have another value than the one in the request.
	 */
	DIFF;

	private static final String HEADER = "Response-Behavior";

	public static ResponseBehavior read(HttpHeaders headers, Validation validation) {
		String value = headers.getFirst(HEADER);
		Optional<ResponseBehavior> behavior = Arrays.stream(values())
			.filter((candidate) -> candidate.name().toLowerCase(Locale.ROOT).equals(value))
			.findFirst();
		if (value != null && !value.isEmpty() && behavior.isEmpty()) {
			validation.add(ErrorDetail.header(HEADER, "Should be full, light or diff"));
		}
		return behavior.orElse(FULL);
	}

	/**
	 * Create the body of the response.
	 * @param before the data before the patch
	 * @param changes the fields that the patch changes
	 * @param saved the patched object
	 * @return the body
	 */
	public ObjectNode body(ObjectNode before, ObjectNode changes, KintoObject saved) {
		if (this == FULL) {
			return saved.toBody();
		}
		ObjectNode body = Json.object();
		ObjectNode data = body.putObject(Envelope.DATA);
		changes.forEachEntry((name, sent) -> {
			JsonNode now = saved.data().path(name);
			boolean changed = !now.isMissingNode() && !now.equals(before.path(name));
			if (changed && (this == LIGHT || !now.equals(sent))) {
				data.set(name, now);
			}
		});
		return body;
	}

}
