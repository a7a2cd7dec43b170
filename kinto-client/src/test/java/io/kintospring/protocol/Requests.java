package io.kintospring.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

import io.kintospring.KintoOptions;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.Resource;

/**
 * Creates calls, and formats their requests.
 */
final class Requests {

	/** Random id of an object that has none. */
	static final String UUID_PATTERN = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

	private Requests() {
	}

	static KintoCalls kinto() {
		return kinto((options) -> options);
	}

	static KintoCalls kinto(KintoOptions.Customizer options) {
		return new KintoCalls(new JsonMapper(), options.apply(KintoOptions.of()), "default");
	}

	static <T> CollectionCalls<T> collection(Class<T> type) {
		return kinto().bucket("b").collection("c", type);
	}

	static CollectionCalls<Map<String, Object>> collection() {
		return kinto().bucket("b").collection("c");
	}

	/**
	 * Return the lines of a request: method and target, sorted headers, and the body.
	 */
	static String text(KintoCall<?> call) {
		KintoRequest request = call.request();
		StringBuilder text = new StringBuilder(request.method() + " " + target(call));
		headers(call).forEach((name, value) -> text.append('\n').append(name).append(": ").append(value));
		if (request.body() != null) {
			text.append('\n').append(body(call));
		}
		return text.toString();
	}

	/**
	 * Return the target of a request, with a placeholder for a random id.
	 */
	static String target(KintoCall<?> call) {
		return call.request().target().replaceFirst("/" + UUID_PATTERN + "$", "/{random}");
	}

	static Map<String, String> headers(KintoCall<?> call) {
		Map<String, String> headers = new TreeMap<>();
		call.request().headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
		return headers;
	}

	static String body(KintoCall<?> call) {
		Resource body = call.request().body();
		try {
			return (body != null) ? body.getContentAsString(StandardCharsets.UTF_8) : "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
