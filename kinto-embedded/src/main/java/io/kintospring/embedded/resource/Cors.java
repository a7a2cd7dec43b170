package io.kintospring.embedded.resource;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * CORS headers that allow scripts of any origin to use the API.
 */
final class Cors {

	private static final String MAX_AGE_SECONDS = "3600";

	/**
	 * Headers that scripts can read and send, in the order in which Kinto lists them. The
	 * list includes two headers that are common in preflight requests.
	 */
	private static final List<String> ORDER = List.of("Next-Page", "Backoff", "ETag", "Pragma", "Content-Length",
			"content-type", "Content-Type", "Retry-After", "Total-Objects", "Alert", "Last-Modified", "authorization",
			"Expires", "Cache-Control", "Total-Records");

	private static final Set<String> ONLY_IF_ASKED_FOR = Set.of("content-type", "authorization");

	private Cors() {
	}

	/**
	 * Add the headers that allow a script to read a response.
	 * @param request the headers of the request
	 * @param response the headers of the response
	 */
	static void allow(HttpHeaders request, HttpHeaders response) {
		if (request.getOrigin() != null) {
			response.setAccessControlAllowOrigin("*");
			response.setAccessControlExposeHeaders(names(List.of()));
		}
	}

	/**
	 * Create the response to a preflight request.
	 * @param request the preflight request
	 * @param methods the methods that the path supports
	 * @return the response
	 * @throws KintoError if a required header is missing or invalid
	 */
	static KintoResponse preflight(KintoRequest request, Collection<HttpMethod> methods) {
		HttpHeaders headers = request.headers();
		Validation validation = new Validation();
		require(headers, HttpHeaders.ORIGIN, validation);
		require(headers, HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, validation);
		validation.complete();
		String method = headers.getFirst(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
		if (methods.stream().noneMatch((allowed) -> allowed.name().equals(method))) {
			validation
				.add(ErrorDetail.header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "Is not a method of this path"));
		}
		validation.complete();
		List<String> asked = headers.getAccessControlRequestHeaders();
		return KintoResponse.empty()
			.header(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, String.join(",", names(asked)))
			.header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS,
					String.join(",", methods.stream().map(HttpMethod::name).toList()))
			.header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
	}

	private static List<String> names(Collection<String> asked) {
		Set<String> names = new LinkedHashSet<>(ORDER);
		names.removeIf((name) -> ONLY_IF_ASKED_FOR.contains(name) && !asked.contains(name));
		names.addAll(asked);
		return List.copyOf(names);
	}

	private static void require(HttpHeaders headers, String name, Validation validation) {
		if (!headers.containsHeader(name)) {
			validation.add(ErrorDetail.header(name, "Is required"));
		}
	}

}
