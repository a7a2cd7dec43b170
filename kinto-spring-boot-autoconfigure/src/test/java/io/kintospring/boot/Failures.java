package io.kintospring.boot;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoErrorDetail;
import io.kintospring.KintoErrorResponse;
import io.kintospring.KintoException;
import io.kintospring.KintoGoneException;
import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoUnavailableException;
import io.kintospring.client.KintoClient;
import io.kintospring.protocol.KintoBatchException;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.template.KintoTemplate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Exceptions as the client throws them. All that must not leave the application contains
 * {@value #SECRET}.
 */
public final class Failures {

	public static final String SECRET = "s3cr3t";

	private static final String RECORD = "/buckets/" + SECRET + "/collections/" + SECRET + "/records/" + SECRET;

	private static final String HELLO = """
			{"project_name": "kinto", "project_version": "26.2.1", "http_api_version": "1.23",
			 "url": "http://server.example.com/v1/", "settings": {"readonly": false, "batch_max_requests": 25},
			 "capabilities": {}}""";

	private static final String OBJECT = "{\"data\": {\"id\": \"a\", \"last_modified\": 1}}";

	private Failures() {
	}

	public static KintoResponseException response(int status) {
		return response(status, null, "updateRecord", "PUT", RECORD);
	}

	public static KintoResponseException response(int status, @Nullable Integer errno, String operation, String method,
			String path, KintoErrorDetail... details) {
		String message = operation + " " + path + ": " + SECRET;
		KintoErrorResponse response = new KintoErrorResponse(operation, method, path, status, errno, "Error", SECRET,
				List.of(details), "{\"message\": \"" + SECRET + "\"}");
		return switch (status) {
			case 400 -> new KintoInvalidRequestException(message, response);
			case 401, 403 -> new KintoAccessDeniedException(message, response);
			case 404 -> new KintoNotFoundException(message, response);
			case 409, 429, 503 -> new KintoUnavailableException(message, response, null);
			case 410 -> new KintoGoneException(message, response);
			case 412 -> new KintoConflictException(message, response, false, null);
			default -> new KintoResponseException(message, response, new IllegalStateException(SECRET));
		};
	}

	public static KintoUnavailableException unavailable(Duration retryAfter) {
		KintoErrorResponse response = response(503).response();
		return new KintoUnavailableException(SECRET, response, retryAfter);
	}

	/**
	 * Return the exception of a batch whose calls were answered with the given statuses.
	 */
	public static KintoBatchException batch(int... statuses) {
		Deque<KintoResponse> responses = new ArrayDeque<>();
		responses.add(answer(200, HELLO));
		IntStream.of(statuses).forEach((status) -> responses.add(answer(status, OBJECT)));
		KintoClient client = KintoClient.builder((request) -> Mono.just(responses.remove())).build();
		try (KintoTemplate kinto = new KintoTemplate(client, KintoCalls.defaults())) {
			var posts = kinto.bucket("blog").collection("posts").calls();
			// merge patches are not sent in a request of several calls
			List<KintoCall<?>> calls = new ArrayList<>();
			IntStream.of(statuses).forEach((status) -> calls.add(posts.mergePatch("a", Map.of("title", "A"))));
			return catchThrowableOfType(KintoBatchException.class, () -> kinto.batch(calls));
		}
	}

	private static KintoResponse answer(int status, String body) {
		return new KintoResponse(status, HttpHeaders.EMPTY, body.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * An exception of a kind that this project does not have yet.
	 */
	public static KintoException unknown() {
		return new KintoException(SECRET, null) {

		};
	}

}
