package io.kintospring.embedded.fault;

import java.util.regex.Pattern;

/**
 * Pattern for the requests that get a fault. It matches all requests by default.
 * Immutable.
 */
public final class RequestPattern {

	static final RequestPattern ANY = new RequestPattern(Pattern.compile(".*"), Pattern.compile(".*", Pattern.DOTALL));

	private final Pattern method;

	private final Pattern path;

	private RequestPattern(Pattern method, Pattern path) {
		this.method = method;
		this.path = path;
	}

	/**
	 * Restrict the pattern to requests with a method.
	 * @param method a regular expression for the whole method, such as {@code POST}
	 * @return the changed pattern
	 */
	public RequestPattern method(String method) {
		return new RequestPattern(Pattern.compile(method), this.path);
	}

	/**
	 * Restrict the pattern to requests with a path.
	 * @param path a regular expression for the whole path below the version prefix, such
	 * as {@code /buckets/.*}
	 * @return the changed pattern
	 */
	public RequestPattern path(String path) {
		return new RequestPattern(this.method, Pattern.compile(path, Pattern.DOTALL));
	}

	boolean matches(String requestMethod, String requestPath) {
		return this.method.matcher(requestMethod).matches() && this.path.matcher(requestPath).matches();
	}

}
