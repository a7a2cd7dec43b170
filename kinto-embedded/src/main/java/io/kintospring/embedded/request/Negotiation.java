package io.kintospring.embedded.request;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Content negotiation. The API supports only JSON.
 */
public final class Negotiation {

	private static final String MERGE_PATCH = "application/merge-patch+json";

	private static final String JSON_PATCH = "application/json-patch+json";

	private static final List<String> JSON = List.of(MediaType.APPLICATION_JSON_VALUE);

	private static final List<String> PATCHES = List.of(MediaType.APPLICATION_JSON_VALUE, MERGE_PATCH, JSON_PATCH);

	/** Order in which the most precise media range comes first. */
	private static final Comparator<MediaType> BY_PRECISION = Comparator.comparing(MediaType::isWildcardType)
		.thenComparing(MediaType::isWildcardSubtype);

	private static final Pattern CHARSET = Pattern.compile(";\\s*charset=\"?([^;\"]+)", Pattern.CASE_INSENSITIVE);

	private Negotiation() {
	}

	/**
	 * Require that the client sends and accepts JSON.
	 * @param request the request
	 * @throws KintoError if the body is not JSON, or the client does not accept JSON
	 */
	public static void requireJson(KintoRequest request) {
		if (!acceptsJson(request.headers())) {
			throw refused(HttpStatus.NOT_ACCEPTABLE, HttpHeaders.ACCEPT, JSON);
		}
		requireJsonBody(request);
	}

	/**
	 * Require that the client sends JSON.
	 * @param request the request
	 * @throws KintoError if the body is not JSON
	 */
	public static void requireJsonBody(KintoRequest request) {
		HttpMethod method = request.method();
		if (method == HttpMethod.POST || method == HttpMethod.PUT || method == HttpMethod.PATCH) {
			requireType(contentType(request.headers()), types(method));
		}
	}

	/**
	 * Return the media types of bodies.
	 * @param method the method of the request
	 * @return the media types
	 */
	public static List<String> types(HttpMethod method) {
		return (method == HttpMethod.PATCH) ? PATCHES : JSON;
	}

	/**
	 * Return whether a body is a JSON Merge Patch. As in Kinto, a content type with a
	 * parameter, such as {@code charset}, does not count.
	 * @param request the request
	 * @return whether the content type is exactly that of merge patches
	 */
	static boolean isMergePatch(KintoRequest request) {
		return MERGE_PATCH.equals(request.headers().getFirst(HttpHeaders.CONTENT_TYPE));
	}

	/**
	 * Return whether a body is a JSON Patch.
	 * @param request the request
	 * @return whether the content type is that of JSON patches
	 */
	static boolean isJsonPatch(KintoRequest request) {
		return contentType(request.headers()).equals(JSON_PATCH);
	}

	/**
	 * Return whether the content type of a body has parameters.
	 * @param request the request
	 * @return whether there are parameters
	 */
	static boolean hasParameters(KintoRequest request) {
		String value = request.headers().getFirst(HttpHeaders.CONTENT_TYPE);
		return value != null && value.contains(";");
	}

	/**
	 * Return the encoding of a body.
	 * @param request the request
	 * @return the encoding, or {@code null} if it is unknown
	 */
	static @Nullable Charset charset(KintoRequest request) {
		String type = request.headers().getFirst(HttpHeaders.CONTENT_TYPE);
		Matcher matcher = CHARSET.matcher((type != null) ? type : "");
		try {
			return matcher.find() ? Charset.forName(matcher.group(1).strip()) : StandardCharsets.UTF_8;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static void requireType(String type, List<String> supported) {
		if (!type.isEmpty() && !supported.contains(type)) {
			throw refused(HttpStatus.UNSUPPORTED_MEDIA_TYPE, HttpHeaders.CONTENT_TYPE, supported);
		}
	}

	private static String contentType(HttpHeaders headers) {
		String value = headers.getFirst(HttpHeaders.CONTENT_TYPE);
		return (value != null) ? value.split(";", 2)[0].strip() : "";
	}

	private static boolean acceptsJson(HttpHeaders headers) {
		if (!headers.containsHeader(HttpHeaders.ACCEPT)) {
			return true;
		}
		try {
			return quality(headers.getAccept().stream().filter(Negotiation::includesJson)) > 0;
		}
		catch (InvalidMediaTypeException ex) {
			return true;
		}
	}

	/**
	 * Return whether a media range includes JSON. As in Kinto, JSON with a parameter,
	 * such as {@code charset}, does not count.
	 */
	private static boolean includesJson(MediaType range) {
		return (isBare(range) || range.isWildcardSubtype()) && range.includes(MediaType.APPLICATION_JSON);
	}

	/**
	 * Return whether a media range has no parameter except its quality.
	 * @param range the media range
	 * @return whether it has no other parameter
	 */
	public static boolean isBare(MediaType range) {
		return range.getParameters().keySet().stream().allMatch((name) -> name.equals("q"));
	}

	/**
	 * Return the quality that a client wants a media type with. The most precise media
	 * range alone counts, so {@code q=0} can exclude a type from a wildcard.
	 * @param including the accepted media ranges that include the type
	 * @return the quality, 0 if the client does not accept the type
	 */
	public static double quality(Stream<MediaType> including) {
		return including.min(BY_PRECISION).map(MediaType::getQualityValue).orElse(0.0);
	}

	private static KintoError refused(HttpStatus status, String header, List<String> supported) {
		return KintoError.invalid(status, List.of(ErrorDetail.header(header, "Should be one of " + supported)));
	}

}
