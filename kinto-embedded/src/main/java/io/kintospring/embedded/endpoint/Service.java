package io.kintospring.embedded.endpoint;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.kintospring.embedded.request.Errno;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.request.KintoRequest;
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

	private final Map<HttpMethod, Operation> operations = new LinkedHashMap<>();

	private @Nullable ServiceDescription description;

	private boolean alias;

	Service(String pattern) {
		this.pattern = PARSER.parse(pattern);
	}

	/**
	 * Parse a path to match it with several services.
	 * @param path the decoded path
	 * @return the parsed path
	 */
	static PathContainer parse(String path) {
		return PathContainer.parsePath(path, DECODED);
	}

	/**
	 * Add an endpoint for a method. An endpoint for GET also handles HEAD.
	 * @param method the method
	 * @param endpoint the endpoint
	 * @return this service
	 */
	Service on(HttpMethod method, Endpoint endpoint) {
		return on(method, endpoint, Cors.COMMON);
	}

	/**
	 * Add an endpoint for a method. An endpoint for GET also handles HEAD, unless HEAD
	 * has its own.
	 * @param method the method
	 * @param endpoint the endpoint
	 * @param readable the headers that scripts of other origins can read
	 * @return this service
	 */
	Service on(HttpMethod method, Endpoint endpoint, Set<String> readable) {
		this.operations.put(method, new Operation(endpoint, readable, Cors.join(readable)));
		if (method == HttpMethod.GET && !this.operations.containsKey(HttpMethod.HEAD)) {
			on(HttpMethod.HEAD, endpoint, readable);
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

	/**
	 * Remove the endpoints that write.
	 * @return this service
	 */
	Service readonly() {
		this.operations.keySet().removeIf((method) -> !KintoRequest.isReading(method));
		return this;
	}

	/**
	 * Describe the service for its clients. By default, it has no description.
	 * @param newDescription the description
	 * @return this service
	 */
	Service describedBy(ServiceDescription newDescription) {
		this.description = newDescription;
		return this;
	}

	/**
	 * Make this service an alias for other services, which respond in its place.
	 * @return this service
	 */
	Service asAlias() {
		this.alias = true;
		return this;
	}

	/**
	 * Return whether other services respond in the place of this one. They decide about
	 * the origin of a request.
	 * @return whether this service is an alias
	 */
	boolean isAlias() {
		return this.alias;
	}

	@Nullable ServiceDescription description() {
		return this.description;
	}

	String path() {
		return this.pattern.getPatternString();
	}

	@Nullable Map<String, String> match(PathContainer path) {
		PathPattern.PathMatchInfo match = this.pattern.matchAndExtract(path);
		return (match != null) ? match.getUriVariables() : null;
	}

	/**
	 * Return the methods of this service.
	 * @return the methods, without OPTIONS
	 */
	Set<HttpMethod> declared() {
		return this.operations.keySet();
	}

	/**
	 * Return the headers that scripts can read in any response of this service.
	 * @return the names of the headers
	 */
	Set<String> exposed() {
		return this.operations.values()
			.stream()
			.flatMap((operation) -> operation.readable().stream())
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	/**
	 * Return the headers that scripts can read in the responses to a method.
	 * @param method the method
	 * @return the names of the headers, joined by commas, or {@code null} if the method
	 * has no endpoint
	 */
	@Nullable String exposed(HttpMethod method) {
		Operation operation = this.operations.get(method);
		return (operation != null) ? operation.exposed() : null;
	}

	/**
	 * Return the endpoint for a method.
	 * @param method the method
	 * @return the endpoint, or {@code null} if there is none
	 */
	@Nullable Endpoint endpoint(HttpMethod method) {
		Operation operation = this.operations.get(method);
		return (operation != null) ? operation.endpoint() : null;
	}

	/**
	 * Create the error for a method without an endpoint.
	 * @return the error
	 */
	KintoError methodNotAllowed() {
		KintoError error = KintoError.of(HttpStatus.METHOD_NOT_ALLOWED, Errno.METHOD_NOT_ALLOWED,
				"This method can't be used here");
		Set<HttpMethod> methods = new LinkedHashSet<>(declared());
		methods.add(HttpMethod.OPTIONS);
		error.response().header(HttpHeaders.ALLOW, StringUtils.collectionToDelimitedString(methods, ", "));
		return error;
	}

	/**
	 * What the service does for a method.
	 *
	 * @param endpoint the endpoint
	 * @param readable the headers that scripts of other origins can read
	 * @param exposed the same headers, joined by commas once for all responses
	 */
	private record Operation(Endpoint endpoint, Set<String> readable, String exposed) {

	}

}
