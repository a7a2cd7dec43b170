package io.kintospring.boot.error;

import java.time.Duration;
import java.util.Map;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoException;
import io.kintospring.KintoGoneException;
import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoLockException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoNotSentException;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoTransportException;
import io.kintospring.KintoUnavailableException;
import io.kintospring.KintoUnsupportedException;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.KintoBatchException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/**
 * Mapping of {@link KintoException} to {@link ProblemDetail} (RFC 9457), for
 * {@code @ExceptionHandler} methods of Spring MVC and Spring WebFlux.
 * <p>
 * The detail is a fixed sentence with the kind of the object, such as "record". It never
 * contains ids, data, addresses or messages of exceptions.
 */
public final class KintoProblemDetails {

	private static final String UNEXPECTED = "The data store returned an unexpected response.";

	private static final Map<String, String> KINDS = Map.of("buckets", "bucket", "collections", "collection", "groups",
			"group", "records", "record", "accounts", "account");

	private KintoProblemDetails() {
	}

	/**
	 * Return the problem detail of an exception. It has a status, the title of that
	 * status, and a detail; the type is the default, {@code about:blank}. The status is:
	 * <ul>
	 * <li>for a response of Kinto: 400, 403 and 404 as they are, 409 for a conflict, and
	 * 503 if a later retry may succeed,</li>
	 * <li>504 after a timeout, and 503 if the request was not sent for another
	 * reason,</li>
	 * <li>501 if the server lacks a plugin,</li>
	 * <li>409 for a batch whose only errors are conflicts,</li>
	 * <li>502 for all other exceptions.</li>
	 * </ul>
	 * @param ex the exception
	 * @return a new problem detail, which can be changed
	 */
	public static ProblemDetail toProblemDetail(KintoException ex) {
		if (ex instanceof KintoResponseException response) {
			return responseProblem(response);
		}
		if (ex instanceof KintoTransportException transport) {
			return transportProblem(transport);
		}
		if (ex instanceof KintoUnsupportedException) {
			return problem(HttpStatus.NOT_IMPLEMENTED, "The data store does not support this operation.");
		}
		if (ex instanceof KintoBatchException batch) {
			return batchProblem(batch.result());
		}
		return problem(HttpStatus.BAD_GATEWAY, UNEXPECTED);
	}

	/**
	 * Return the response for an exception: the problem detail with its status, and a
	 * {@code Retry-After} header if the server asked to wait.
	 * @param ex the exception
	 * @return the response
	 */
	public static ResponseEntity<ProblemDetail> toResponseEntity(KintoException ex) {
		ProblemDetail problem = toProblemDetail(ex);
		ResponseEntity.BodyBuilder response = ResponseEntity.status(problem.getStatus());
		if (ex instanceof KintoUnavailableException unavailable && unavailable.retryAfter() != null) {
			response.header(HttpHeaders.RETRY_AFTER, seconds(unavailable.retryAfter()));
		}
		return response.body(problem);
	}

	private static ProblemDetail transportProblem(KintoTransportException ex) {
		if (ex instanceof KintoLockException) {
			return problem(HttpStatus.SERVICE_UNAVAILABLE, "Other changes of the object are in progress.");
		}
		if (Timeouts.isTimeout(ex)) {
			return problem(HttpStatus.GATEWAY_TIMEOUT, "The data store did not respond in time.");
		}
		return (ex instanceof KintoNotSentException)
				? problem(HttpStatus.SERVICE_UNAVAILABLE, "The data store could not be reached.")
				: problem(HttpStatus.BAD_GATEWAY, "The request to the data store failed.");
	}

	private static ProblemDetail responseProblem(KintoResponseException ex) {
		String kind = kind(ex.response().path());
		if (ex instanceof KintoNotFoundException) {
			return problem(HttpStatus.NOT_FOUND, ex.response().isParentUnknown()
					? "The parent of the " + kind + " does not exist." : "The " + kind + " does not exist.");
		}
		if (ex instanceof KintoConflictException) {
			return problem(HttpStatus.CONFLICT, "The " + kind + " was changed or deleted, or it exists already.");
		}
		if (ex instanceof KintoAccessDeniedException && ex.status() == HttpStatus.FORBIDDEN.value()) {
			return problem(HttpStatus.FORBIDDEN, "Access to the " + kind + " is denied.");
		}
		if (ex instanceof KintoInvalidRequestException) {
			return problem(HttpStatus.BAD_REQUEST, "The data store rejected the request as invalid.");
		}
		if (ex instanceof KintoUnavailableException) {
			return problem(HttpStatus.SERVICE_UNAVAILABLE, "The data store is temporarily unavailable.");
		}
		if (ex instanceof KintoGoneException) {
			return problem(HttpStatus.BAD_GATEWAY, "The data store is no longer available.");
		}
		return problem(HttpStatus.BAD_GATEWAY, UNEXPECTED);
	}

	/**
	 * A batch can be applied in part. Statuses that make clients repeat a request would
	 * make them repeat that part.
	 */
	private static ProblemDetail batchProblem(BatchResult result) {
		boolean conflictsOnly = !result.conflicts().isEmpty() && result.skipped().isEmpty()
				&& result.errors().isEmpty();
		return conflictsOnly
				? problem(HttpStatus.CONFLICT,
						"Objects were changed or deleted, or they exist already."
								+ " Some of the changes may have been applied.")
				: problem(HttpStatus.BAD_GATEWAY, "The data store did not complete all operations."
						+ " Some of the changes may have been applied.");
	}

	private static ProblemDetail problem(HttpStatus status, String detail) {
		return ProblemDetail.forStatusAndDetail(status, detail);
	}

	/**
	 * The place of a downloaded file can be a URL, which names no kind.
	 */
	private static String kind(String path) {
		String kind = "object";
		String[] segments = path.startsWith("/") ? path.split("/") : new String[0];
		for (int i = 1; i < segments.length; i += 2) {
			kind = KINDS.getOrDefault(segments[i], kind);
		}
		return kind;
	}

	/**
	 * The header has whole seconds. Rounded down, it would be too early.
	 */
	private static String seconds(Duration duration) {
		return String.valueOf(Math.max(0, duration.getSeconds() + ((duration.getNano() > 0) ? 1 : 0)));
	}

}
