package io.kintospring.embedded.endpoint;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.kintospring.embedded.request.ErrorDetail;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.request.KintoRequest;
import io.kintospring.embedded.request.KintoResponse;
import io.kintospring.embedded.request.Validation;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.util.StringUtils;

/**
 * CORS headers that allow scripts of other origins to use the API.
 */
final class Cors {

	/**
	 * Headers that scripts can read in each response.
	 */
	static final Set<String> COMMON = names(Set.of(), "Backoff", "Retry-After", "Alert", "Content-Length",
			"Content-Type");

	/**
	 * Headers that scripts can read in the response with an object.
	 */
	static final Set<String> OF_OBJECT = names(COMMON, "Last-Modified", "ETag", "Cache-Control", "Expires", "Pragma");

	/**
	 * Headers that scripts can read in the response with a list.
	 */
	static final Set<String> OF_LIST = names(OF_OBJECT, "Next-Page");

	/**
	 * Headers that scripts can read in the response with the number of objects.
	 */
	static final Set<String> OF_TOTAL = names(OF_LIST, "Total-Objects", "Total-Records");

	private static final String ANY = "*";

	private static final String JOINED_COMMON = join(COMMON);

	private final Set<String> allowed;

	private final List<Pattern> patterns;

	private final Optional<Integer> maxAgeSeconds;

	Cors(KintoServerSettings settings) {
		this.allowed = settings.get(KintoSetting.CORS_ORIGINS);
		this.patterns = this.allowed.stream().map(Cors::pattern).toList();
		this.maxAgeSeconds = settings.get(KintoSetting.CORS_MAX_AGE_SECONDS);
	}

	/**
	 * Require that the origin of a request is allowed, if it has one.
	 * @param request the headers of the request
	 * @throws KintoError if the origin is not allowed
	 */
	void requireAllowed(HttpHeaders request) {
		String origin = request.getOrigin();
		if (origin != null && !isAllowed(origin)) {
			throw KintoError.invalid(ErrorDetail.header(HttpHeaders.ORIGIN, "Is not allowed"));
		}
	}

	/**
	 * Add the headers that allow a script to read a response.
	 * @param request the headers of the request
	 * @param response the headers of the response
	 * @param exposed the names of the headers that the script can read, joined by commas,
	 * or {@code null} if it can read only simple ones
	 */
	void allow(HttpHeaders request, HttpHeaders response, @Nullable String exposed) {
		allowOrigin(request, response, this::isAllowed);
		if (exposed != null) {
			response.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
		}
	}

	/**
	 * Add the headers to a response that comes from no service, unless a service has
	 * added them for a nested request. As in Kinto, this ignores wildcards.
	 * @param request the headers of the request
	 * @param response the headers of the response
	 */
	void allowOutsideServices(HttpHeaders request, HttpHeaders response) {
		if (response.containsHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS)) {
			return;
		}
		allowOrigin(request, response, (origin) -> this.allowed.contains(ANY) || this.allowed.contains(origin));
		response.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, JOINED_COMMON);
	}

	/**
	 * Create the response to a preflight request.
	 * @param request the preflight request
	 * @param service the service at its path
	 * @return the response
	 * @throws KintoError if a required header is missing or invalid
	 */
	KintoResponse preflight(KintoRequest request, Service service) {
		HttpHeaders headers = request.headers();
		Set<String> methods = service.declared()
			.stream()
			.map(HttpMethod::name)
			.collect(Collectors.toCollection(LinkedHashSet::new));
		methods.add(HttpMethod.OPTIONS.name());
		Validation validation = new Validation();
		require(headers, HttpHeaders.ORIGIN, validation);
		require(headers, HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, validation);
		validation.complete();
		if (!methods.contains(headers.getFirst(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD))) {
			validation
				.add(ErrorDetail.header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "Is not a method of this path"));
		}
		validation.complete();
		Set<String> names = new LinkedHashSet<>(service.exposed());
		names.addAll(headers.getAccessControlRequestHeaders());
		KintoResponse response = KintoResponse.empty()
			.header(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, String.join(",", names))
			.header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, String.join(",", methods));
		this.maxAgeSeconds
			.ifPresent((seconds) -> response.header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, String.valueOf(seconds)));
		return response;
	}

	/**
	 * Join names for a header.
	 * @param names the names
	 * @return the value of the header
	 */
	static String join(Set<String> names) {
		return String.join(", ", names);
	}

	private void allowOrigin(HttpHeaders request, HttpHeaders response, Predicate<String> accepted) {
		String origin = request.getOrigin();
		if (origin != null && accepted.test(origin)) {
			response.setAccessControlAllowOrigin(this.allowed.contains(ANY) ? ANY : origin);
		}
	}

	private boolean isAllowed(String origin) {
		return this.allowed.contains(ANY)
				|| this.patterns.stream().anyMatch((pattern) -> pattern.matcher(origin).matches());
	}

	private static Pattern pattern(String origin) {
		return Pattern.compile(Arrays.stream(origin.split("(?<=[*?])|(?=[*?])")).map((part) -> switch (part) {
			case "*" -> ".*";
			case "?" -> ".";
			default -> Pattern.quote(part);
		}).collect(Collectors.joining()));
	}

	private static Set<String> names(Set<String> inherited, String... names) {
		Set<String> all = new LinkedHashSet<>(inherited);
		all.addAll(List.of(names));
		return Collections.unmodifiableSet(all);
	}

	private static void require(HttpHeaders headers, String name, Validation validation) {
		if (!StringUtils.hasLength(headers.getFirst(name))) {
			validation.add(ErrorDetail.header(name, "Is required"));
		}
	}

}
