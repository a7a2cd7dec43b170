package io.kintospring.protocol;

import java.nio.charset.StandardCharsets;

import org.springframework.http.HttpHeaders;

/**
 * Factory for responses.
 */
final class Responses {

	private Responses() {
	}

	static KintoResponse json(int status, String body, String... headers) {
		return response(status, "application/json", body, headers);
	}

	static KintoResponse html(int status, String body) {
		return response(status, "text/html", body);
	}

	static KintoResponse empty(int status, String... headers) {
		return new KintoResponse(status, headers(headers), new byte[0]);
	}

	static KintoResponse page(String data, String... headers) {
		KintoResponse response = json(200, "{\"data\":" + data + "}", headers);
		response.headers().set("ETag", "\"1700\"");
		return response;
	}

	static HttpHeaders headers(String... namesAndValues) {
		HttpHeaders headers = new HttpHeaders();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			headers.add(namesAndValues[i], namesAndValues[i + 1]);
		}
		return headers;
	}

	private static KintoResponse response(int status, String contentType, String body, String... headers) {
		HttpHeaders all = headers(headers);
		all.set("Content-Type", contentType);
		return new KintoResponse(status, all, body.getBytes(StandardCharsets.UTF_8));
	}

}
