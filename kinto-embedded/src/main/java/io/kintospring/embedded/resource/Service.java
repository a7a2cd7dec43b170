package io.kintospring.embedded.resource;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.util.StringUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Path of the API with an endpoint for each method.
 */
final class Service {

	private static final PathContainer.Options DECODED = PathContainer.Options.create('/', false);

	private static final List<HttpMethod> METHODS = List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT,
			HttpMethod.PATCH, HttpMethod.DELETE);

	private static final PathPatternParser PARSER = new PathPatternParser();

	static {
		PARSER.setPathOptions(DECODED);
	}

	private final PathPattern pattern;

	private final Map<HttpMethod, Endpoint> endpoints = new LinkedHashMap<>();

	Service(String pattern) {
		this.pattern = PARSER.parse(pattern);
	}

	/**
	 * Add an endpoint for a method. An endpoint for GET also handles HEAD.
	 * @param method the method
	 * @param endpoint the endpoint
	 * @return this service
	 */
	Service on(HttpMethod method, Endpoint endpoint) {
		this.endpoints.put(method, endpoint);
		if (method == HttpMethod.GET) {
			this.endpoints.put(HttpMethod.HEAD, endpoint);
		}
		return this;
	}

	/**
	 * Add an endpoint for all methods.
	 * @param endpoint the endpoint
	 * @return this service
	 */
	Service onAny(Endpoint endpoint) {
		METHODS.forEach((method) -> on(method, endpoint));
		return this;
	}

	@Nullable Map<String, String> match(String path) {
		PathPattern.PathMatchInfo match = this.pattern.matchAndExtract(PathContainer.parsePath(path, DECODED));
		return (match != null) ? match.getUriVariables() : null;
	}

	KintoResponse handle(Call call) {
		if (call.request().method() == HttpMethod.OPTIONS) {
			return Cors.preflight(call.request(), methods());
		}
		Endpoint endpoint = this.endpoints.get(call.request().method());
		if (endpoint == null) {
			throw methodNotAllowed();
		}
		return endpoint.handle(call);
	}

	private KintoError methodNotAllowed() {
		KintoError error = KintoError.of(HttpStatus.METHOD_NOT_ALLOWED, Errno.METHOD_NOT_ALLOWED,
				"This method can't be used here");
		error.response().header(HttpHeaders.ALLOW, StringUtils.collectionToDelimitedString(methods(), ", "));
		return error;
	}

	private Set<HttpMethod> methods() {
		Set<HttpMethod> methods = new LinkedHashSet<>(this.endpoints.keySet());
		methods.add(HttpMethod.OPTIONS);
		return methods;
	}

}
