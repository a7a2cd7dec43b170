package io.kintospring.embedded.fault;

import java.util.regex.Pattern;

/**
 * Which requests have a fault: all of them, unless it is said which. Immutable.
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
	 * Only requests with a method.
	 * @param method a regular expression for the whole method, as in <code>POST</code>
	 * @return the changed pattern
	 */
	public RequestPattern method(String method) {
		return new RequestPattern(Pattern.compile(method), this.path);
	}

	/**
	 * Only requests to a path.
	 * @param path a regular expression for the whole path below the version prefix, as in
	 * <code>/buckets/.*</code>
	 * @return the changed pattern
	 */
	public RequestPattern path(String path) {
		return new RequestPattern(this.method, Pattern.compile(path, Pattern.DOTALL));
	}

	boolean matches(String requestMethod, String requestPath) {
		return this.method.matcher(requestMethod).matches() && this.path.matcher(requestPath).matches();
	}

}
