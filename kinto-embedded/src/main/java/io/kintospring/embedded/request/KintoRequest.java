package io.kintospring.embedded.request;

import java.util.Map;
import java.util.Set;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * Request, independent of HTTP.
 *
 * @param method the method
 * @param target the path and query
 * @param headers the headers
 * @param body the body, empty if there is none
 * @param root the root URL of the API that the client uses, without a trailing slash
 */
public record KintoRequest(HttpMethod method, RequestTarget target, HttpHeaders headers, byte[] body, String root) {

	private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	public String path() {
		return this.target.path();
	}

	public Map<String, String> query() {
		return this.target.query();
	}

	/**
	 * Return whether the method is one that only reads.
	 * @return whether the method is GET, HEAD or OPTIONS
	 */
	public boolean isReading() {
		return isReading(this.method);
	}

	/**
	 * Return whether a method is one that only reads.
	 * @param method the method
	 * @return whether the method is GET, HEAD or OPTIONS
	 */
	public static boolean isReading(HttpMethod method) {
		return READING.contains(method);
	}

}
