package io.kintospring.embedded.resource;

import java.util.Map;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * A request, however it came.
 *
 * @param method the method
 * @param target what it asks for
 * @param headers the headers
 * @param body the body, empty if there is none
 * @param root the URL of the root of the API as the client knows it, without a slash at
 * the end
 */
public record KintoRequest(HttpMethod method, RequestTarget target, HttpHeaders headers, byte[] body, String root) {

	String path() {
		return this.target.path();
	}

	Map<String, String> query() {
		return this.target.query();
	}

}
