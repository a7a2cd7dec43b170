package io.kintospring.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoErrorDetail;
import io.kintospring.KintoErrorResponse;
import io.kintospring.KintoException;
import io.kintospring.KintoGoneException;
import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoTransportException;
import io.kintospring.KintoUnavailableException;
import io.kintospring.json.KintoJson;
import io.kintospring.json.RedactedException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/**
 * Creates exceptions for error responses and unreadable ones.
 */
final class Errors {

	private static final int OBJECT_UNKNOWN = 110;

	/** Kinto's errors are shorter. */
	private static final int MAX_BODY = 16 * 1024;

	private Errors() {
	}

	static boolean isSuccess(int status) {
		return status >= 200 && status < 300;
	}

	/**
	 * Return whether an unsuccessful response does not concern the object of the request.
	 * Later requests then probably fail, too. A success counts, because it was
	 * unreadable.
	 */
	static boolean isOfRequest(KintoResponse response) {
		return switch (response.status()) {
			case 304, 400, 403, 404, 405, 406, 409, 410, 412, 415 -> false;
			default -> true;
		};
	}

	static boolean isObjectMissing(KintoResponse response) {
		return response.status() == HttpStatus.NOT_FOUND.value() && Objects.equals(errno(response), OBJECT_UNKNOWN);
	}

	static @Nullable Integer errno(KintoResponse response) {
		return errno(json(response));
	}

	static KintoResponseException error(KintoRequest request, KintoResponse response, ExistingReader existing) {
		return error(errorResponse(request, response, json(response)), request.headers(), response, existing);
	}

	/**
	 * Return whether an error response says as much as the error of the earlier attempt,
	 * or proves that the request is never applied. A rejected batch does not, because the
	 * server may have lowered its limit in the meantime.
	 */
	static boolean isAsUncertain(KintoRequest request, KintoResponse response, KintoException earlier) {
		return (response.status() == HttpStatus.BAD_REQUEST.value() && !request.path().equals(BatchSplitter.PATH))
				|| (response.isOfGateway() && earlier instanceof KintoResponseException
						&& !response.headers().containsHeader(HttpHeaders.RETRY_AFTER));
	}

	/**
	 * Return the error of a request that was sent again after it may have been applied.
	 */
	static KintoTransportException uncertain(KintoException earlier, KintoResponse response) {
		return new KintoTransportException(earlier.getMessage() + "; the request was sent again, with the response "
				+ response.status() + ": it is unknown whether it was applied", earlier);
	}

	/**
	 * Return the error for a failed download, which may come from any host.
	 */
	static KintoResponseException noFile(String operation, String location, KintoResponse response) {
		KintoErrorResponse error = errorResponse(operation, HttpMethod.GET, location, response, json(response));
		return error(error, HttpHeaders.EMPTY, response, ExistingReader.NONE);
	}

	private static KintoResponseException error(KintoErrorResponse error, HttpHeaders sent, KintoResponse response,
			ExistingReader existing) {
		String message = ErrorMessage.of(error, response);
		return switch (response.status()) {
			case 400 -> new KintoInvalidRequestException(message, error);
			case 401 -> new KintoAccessDeniedException(
					message + "; the server did not receive credentials, or does not accept them", error);
			case 403 -> new KintoAccessDeniedException(
					message + "; Kinto also returns this for a bucket that does not exist", error);
			case 404 -> new KintoNotFoundException(message + missing(error), error);
			case 410 -> new KintoGoneException(message, error);
			case 412 -> conflict(sent, response, message, error, existing);
			case 409, 429, 503 -> new KintoUnavailableException(message, error, response.retryAfter(Instant.now()));
			default -> new KintoResponseException(message, error, null);
		};
	}

	private static String missing(KintoErrorResponse error) {
		if (!error.isParentUnknown()) {
			return "";
		}
		return error.path().startsWith("/buckets/")
				? "; the bucket or collection in that path does not exist: create it first"
				: "; the server does not know that path";
	}

	/**
	 * Return an exception whose message contains no values, because they are the user's
	 * data.
	 */
	static KintoResponseException unreadable(KintoRequest request, KintoResponse response, String expected,
			Throwable cause) {
		Throwable reason = reason(expected, cause);
		return new KintoResponseException(
				request + ": the response (" + ((response.status() > 0) ? response.status() : "no status")
						+ ErrorMessage.mediaType(response, ", ") + ") cannot be read as " + expected + ": "
						+ ((reason instanceof IllegalArgumentException) ? reason.getMessage()
								: reason.getClass().getName() + " was thrown"),
				errorResponse(request, response, MissingNode.getInstance()), cause(reason));
	}

	/**
	 * Return a cause that no handler of invalid input matches, because the response is
	 * not valid.
	 */
	private static Throwable cause(Throwable reason) {
		if (reason instanceof UnreadableException && reason.getCause() != null) {
			return reason.getCause();
		}
		return (reason instanceof IllegalArgumentException) ? RedactedException.of(reason) : reason;
	}

	/**
	 * Redact exceptions that may contain data, which those of the client's own readers do
	 * not. Exceptions of functions that convert the result are kept.
	 */
	private static Throwable reason(String expected, Throwable cause) {
		if (cause instanceof IllegalArgumentException && !expected.equals(KintoCall.EXPECTED)) {
			return cause;
		}
		return (cause instanceof IllegalArgumentException || cause instanceof JacksonException
				|| cause instanceof Error) ? UnreadableException.of(cause) : cause;
	}

	private static KintoConflictException conflict(HttpHeaders sent, KintoResponse response, String message,
			KintoErrorResponse error, ExistingReader reader) {
		UnreadableException unreadable = null;
		KintoObject<?> existing = null;
		try {
			existing = reader.read(response.body());
		}
		catch (UnreadableException ex) {
			unreadable = ex;
		}
		boolean duplicate = sent.containsHeader(HttpHeaders.IF_NONE_MATCH);
		KintoConflictException conflict = new KintoConflictException(message + advice(duplicate, existing), error,
				duplicate, existing);
		if (unreadable != null) {
			conflict.addSuppressed(unreadable);
		}
		return conflict;
	}

	private static String advice(boolean duplicate, @Nullable KintoObject<?> existing) {
		if (duplicate) {
			return "; the object exists already: use another id, or update the existing object";
		}
		return (existing != null)
				? "; the object now has the version " + existing.lastModified()
						+ ": apply the change to existing() and write it again"
				: "; the object was changed or deleted since you read it: read it, apply the change and write it again";
	}

	private static KintoErrorResponse errorResponse(KintoRequest request, KintoResponse response, JsonNode json) {
		return errorResponse(request.operation(), request.method(), request.path(), response, json);
	}

	private static KintoErrorResponse errorResponse(String operation, HttpMethod method, String path,
			KintoResponse response, JsonNode json) {
		byte[] bytes = response.body();
		String body = new String(bytes, 0, Math.min(bytes.length, MAX_BODY), StandardCharsets.UTF_8);
		return new KintoErrorResponse(operation, method.name(), path, response.status(), errno(json),
				text(json, "error"), text(json, "message"), details(json.path("details")), body);
	}

	private static @Nullable Integer errno(JsonNode json) {
		JsonNode errno = json.path("errno");
		return errno.isInt() ? errno.asInt() : null;
	}

	/**
	 * Read a list of details. The details of a conflict are an object instead, with the
	 * user's data.
	 */
	private static List<KintoErrorDetail> details(JsonNode json) {
		List<KintoErrorDetail> details = new ArrayList<>();
		if (json.isArray()) {
			for (JsonNode detail : json) {
				if (detail.has("description")) {
					details.add(new KintoErrorDetail(textOrJson(detail, "location"), textOrJson(detail, "name"),
							textOrJson(detail, "description")));
				}
			}
		}
		return List.copyOf(details);
	}

	private static @Nullable String text(JsonNode json, String field) {
		JsonNode value = json.path(field);
		return value.isString() ? value.asString() : null;
	}

	/**
	 * Kinto names an element of a list by its index, and a part of a schema by its JSON.
	 */
	private static @Nullable String textOrJson(JsonNode json, String field) {
		JsonNode value = json.path(field);
		return value.isValueNode() ? value.asString(null) : value.isContainer() ? value.toString() : null;
	}

	private static JsonNode json(KintoResponse response) {
		try {
			return KintoJson.tree(response.body());
		}
		catch (JacksonException ex) {
			return MissingNode.getInstance();
		}
	}

	/**
	 * Reads the existing object from the response to a conflict.
	 */
	interface ExistingReader {

		/** For calls that concern no single object. */
		ExistingReader NONE = (body) -> null;

		@Nullable KintoObject<?> read(byte[] body);

		static ExistingReader of(Envelope<?> envelope, ObjectKind kind, String id) {
			return (body) -> {
				KintoObject<?> existing = envelope.readExisting(body);
				if (existing != null) {
					kind.requireRequested(id, existing.id());
				}
				return existing;
			};
		}

	}

}
