package io.kintospring.protocol;

import java.nio.charset.StandardCharsets;

import org.springframework.http.HttpHeaders;

/**
 * Answers of a server, as a test says.
 */
final class Answers {

	private Answers() {
	}

	static KintoResponse json(int status, String body, String... headers) {
		return answer(status, "application/json", body, headers);
	}

	static KintoResponse html(int status, String body) {
		return answer(status, "text/html", body);
	}

	static KintoResponse empty(int status, String... headers) {
		return new KintoResponse(status, headers(headers), new byte[0]);
	}

	static KintoResponse page(String data, String... headers) {
		KintoResponse answer = json(200, "{\"data\":" + data + "}", headers);
		answer.headers().set("ETag", "\"1700\"");
		return answer;
	}

	static HttpHeaders headers(String... namesAndValues) {
		HttpHeaders headers = new HttpHeaders();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			headers.add(namesAndValues[i], namesAndValues[i + 1]);
		}
		return headers;
	}

	private static KintoResponse answer(int status, String contentType, String body, String... headers) {
		HttpHeaders all = headers(headers);
		all.set("Content-Type", contentType);
		return new KintoResponse(status, all, body.getBytes(StandardCharsets.UTF_8));
	}

}
