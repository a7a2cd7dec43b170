package io.kintospring.embedded.resource;

import java.util.Map;

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

	String path() {
		return this.target.path();
	}

	Map<String, String> query() {
		return this.target.query();
	}

}
