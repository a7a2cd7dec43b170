package io.kintospring.client;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;

/**
 * Test data: a call and responses to it.
 */
final class Calls {

	static final KintoCalls KINTO = new KintoCalls(new JsonMapper(), KintoOptions.of(), "default");

	static final KintoCall<KintoObject<Map<String, Object>>> GET = KINTO.bucket("b").attributes().get();

	private Calls() {
	}

	static KintoResponse found(String... headers) {
		return answer(200, "{\"data\":{\"id\":\"b\",\"last_modified\":5}}", headers);
	}

	static KintoResponse answer(int status, String body, String... headers) {
		HttpHeaders all = new HttpHeaders();
		for (int i = 0; i < headers.length; i += 2) {
			all.set(headers[i], headers[i + 1]);
		}
		return new KintoResponse(status, all, body.getBytes(StandardCharsets.UTF_8));
	}

}
