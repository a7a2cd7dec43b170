package io.kintospring.boot.error;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.kintospring.KintoException;
import io.kintospring.KintoLockException;
import io.kintospring.KintoNotSentException;
import io.kintospring.KintoTransportException;
import io.kintospring.KintoUnsupportedException;
import io.kintospring.boot.Failures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class KintoProblemDetailsTests {

	static Stream<Arguments> exceptions() {
		return Stream.of(arguments(Failures.response(304), 502, "The data store returned an unexpected response."),
				arguments(Failures.response(400), 400, "The data store rejected the request as invalid."),
				arguments(Failures.response(401), 502, "The data store returned an unexpected response."),
				arguments(Failures.response(403), 403, "Access to the record is denied."),
				arguments(Failures.response(404), 404, "The record does not exist."),
				arguments(Failures.response(404, 111, "createRecord", "POST", "/buckets/a/collections/b/records"), 404,
						"The parent of the record does not exist."),
				arguments(Failures.response(409), 503, "The data store is temporarily unavailable."),
				arguments(Failures.response(410), 502, "The data store is no longer available."),
				arguments(Failures.response(412), 409, "The record was changed or deleted, or it exists already."),
				arguments(Failures.response(429), 503, "The data store is temporarily unavailable."),
				arguments(Failures.response(500), 502, "The data store returned an unexpected response."),
				arguments(Failures.response(503), 503, "The data store is temporarily unavailable."),
				arguments(new KintoUnsupportedException(Failures.SECRET, Failures.SECRET), 501,
						"The data store does not support this operation."),
				arguments(new KintoTransportException(Failures.SECRET, new IOException(Failures.SECRET)), 502,
						"The request to the data store failed."),
				arguments(new KintoNotSentException(Failures.SECRET, null), 503,
						"The data store could not be reached."),
				arguments(new KintoLockException(Failures.SECRET, new TimeoutException()), 503,
						"Other changes of the object are in progress."),
				arguments(new KintoNotSentException(Failures.SECRET, new TimeoutException()), 504,
						"The data store did not respond in time."),
				arguments(new KintoTransportException(Failures.SECRET, new TimeoutException()), 504,
						"The data store did not respond in time."),
				arguments(new KintoTransportException(Failures.SECRET, new IOException(new SocketTimeoutException())),
						504, "The data store did not respond in time."),
				arguments(Failures.batch(200, 412), 409,
						"Objects were changed or deleted, or they exist already."
								+ " Some of the changes may have been applied."),
				arguments(Failures.batch(412, 404), 502,
						"The data store did not complete all operations."
								+ " Some of the changes may have been applied."),
				arguments(Failures.batch(200, 503), 502,
						"The data store did not complete all operations."
								+ " Some of the changes may have been applied."),
				arguments(Failures.unknown(), 502, "The data store returned an unexpected response."));
	}

	@ParameterizedTest
	@MethodSource("exceptions")
	void exceptionHasStatusAndDetail(KintoException ex, int status, String detail) {
		ProblemDetail problem = KintoProblemDetails.toProblemDetail(ex);
		assertThat(problem.getStatus()).isEqualTo(status);
		assertThat(problem.getTitle()).isEqualTo(HttpStatus.valueOf(status).getReasonPhrase());
		assertThat(problem.getDetail()).isEqualTo(detail);
		assertThat(problem.getProperties()).isNull();
		assertThat(problem.toString()).doesNotContain(Failures.SECRET);
	}

	@ParameterizedTest
	@MethodSource("exceptions")
	void responseHasTheStatusOfTheProblem(KintoException ex, int status) {
		ResponseEntity<ProblemDetail> response = KintoProblemDetails.toResponseEntity(ex);
		assertThat(response.getStatusCode().value()).isEqualTo(status);
		assertThat(response.getBody()).isEqualTo(KintoProblemDetails.toProblemDetail(ex));
		assertThat(response.getHeaders().headerNames()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, 0", "PT30S, 30", "PT0.001S, 1", "PT-5S, 0" })
	void unavailableResponseHasRetryAfterInWholeSeconds(Duration retryAfter, String seconds) {
		ResponseEntity<ProblemDetail> response = KintoProblemDetails.toResponseEntity(Failures.unavailable(retryAfter));
		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(response.getHeaders().get(HttpHeaders.RETRY_AFTER)).containsExactly(seconds);
	}

	@ParameterizedTest
	@CsvSource({ "/buckets/a, bucket", "/buckets, bucket", "/buckets/a/collections/b, collection",
			"/buckets/a/groups/b, group", "/buckets/a/collections/b/records, record",
			"/buckets/groups/collections/accounts/records/buckets, record", "/buckets/a/history, bucket",
			"/accounts/ann, account", "/batch, object", "/, object", "https://cdn.example.com/buckets, object",
			"'', object" })
	void detailNamesTheKindOfTheObject(String path, String kind) {
		KintoException ex = Failures.response(404, 110, "read", "GET", path);
		assertThat(KintoProblemDetails.toProblemDetail(ex).getDetail()).isEqualTo("The " + kind + " does not exist.");
	}

	@Test
	void problemCanBeChangedWithoutEffectOnOthers() {
		KintoException ex = Failures.response(404);
		KintoProblemDetails.toProblemDetail(ex).setTitle("No such note");
		assertThat(KintoProblemDetails.toProblemDetail(ex).getTitle()).isEqualTo("Not Found");
	}

}
