package io.kintospring.embedded.request;

import java.util.Comparator;
import java.util.List;

import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.storage.ObjectUri;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Error that the server returns to the client.
 */
public final class KintoError extends RuntimeException {

	private static final String INFO = "https://github.com/Kinto/kinto/issues/";

	private final transient KintoResponse response;

	private final boolean missingCredentials;

	private final boolean ofValidation;

	private KintoError(KintoResponse response, boolean ofValidation) {
		super(null, null, false, false);
		this.response = response;
		this.missingCredentials = false;
		this.ofValidation = ofValidation;
	}

	private KintoError(HttpStatus status, Errno errno, String error, @Nullable String message,
			@Nullable JsonNode details) {
		super(message, null, false, false);
		ObjectNode body = Json.object();
		body.put("code", status.value());
		body.put("errno", errno.number());
		body.put("error", error);
		if (message != null) {
			body.put("message", message);
		}
		if (status == HttpStatus.INTERNAL_SERVER_ERROR) {
			body.put("info", INFO);
		}
		if (details != null) {
			body.set("details", details);
		}
		this.response = KintoResponse.of(status, body);
		this.missingCredentials = (errno == Errno.MISSING_AUTH_TOKEN);
		this.ofValidation = false;
	}

	/**
	 * Create an error without details.
	 * @param status the status of the response
	 * @param errno the error number
	 * @param message the message
	 * @return the error
	 */
	public static KintoError of(HttpStatus status, Errno errno, String message) {
		return new KintoError(status, errno, status.getReasonPhrase(), message, null);
	}

	/**
	 * Create an error with the response to another request.
	 * @param response the response
	 * @return the error
	 */
	public static KintoError of(KintoResponse response) {
		return new KintoError(response, false);
	}

	/**
	 * Convert a failure to an error.
	 * @param failure the failure, which can be such an error
	 * @return the error
	 */
	public static KintoError from(Throwable failure) {
		if (failure instanceof KintoError error) {
			return error;
		}
		return (failure instanceof OutOfMemoryError) ? noMemory() : unexpected();
	}

	/**
	 * Return the response.
	 * @return the response
	 */
	public KintoResponse response() {
		return this.response;
	}

	/**
	 * Return whether the response says how to authenticate.
	 * @return whether credentials are required
	 */
	public boolean isMissingCredentials() {
		return this.missingCredentials;
	}

	/**
	 * Return whether the validation of the request found this error. Kinto returns such
	 * an error as a response, so PostgreSQL keeps what was stored before, and raises all
	 * others as exceptions.
	 * @return whether the request is invalid
	 */
	public boolean isOfValidation() {
		return this.ofValidation;
	}

	/**
	 * Create the error for a request that fails for an unknown reason.
	 * @return the error
	 */
	public static KintoError unexpected() {
		return of(HttpStatus.INTERNAL_SERVER_ERROR, Errno.UNDEFINED, "The server failed. Its log contains the cause.");
	}

	/**
	 * Create the error for a request that makes Kinto itself fail. The log of this server
	 * contains nothing about it.
	 * @return the error
	 */
	public static KintoError failsInKinto() {
		return of(HttpStatus.INTERNAL_SERVER_ERROR, Errno.UNDEFINED,
				"Kinto fails with an internal error for this request, so this server imitates that.");
	}

	/**
	 * Create the error for a change that PostgreSQL rejects because of another one.
	 * @param retryAfter the delay before the client should retry, in seconds
	 * @return the error
	 */
	public static KintoError constraintViolated(int retryAfter) {
		return of(HttpStatus.CONFLICT, Errno.CONSTRAINT_VIOLATED, "Integrity constraint violated, please retry.")
			.retryAfter(retryAfter);
	}

	/**
	 * Create the error for a value or a statement that PostgreSQL rejects.
	 * @param retryAfter the delay before the client should retry, in seconds
	 * @return the error
	 */
	public static KintoError unavailable(int retryAfter) {
		return of(HttpStatus.SERVICE_UNAVAILABLE, Errno.BACKEND,
				"Service temporary unavailable due to overloading or maintenance, please retry later.")
			.retryAfter(retryAfter);
	}

	private KintoError retryAfter(int seconds) {
		this.response.header(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
		return this;
	}

	/**
	 * Create the error for a response that is too large.
	 * @param maxBytes the maximum size of a response in bytes
	 * @return the error
	 */
	static KintoError tooLarge(long maxBytes) {
		return of(HttpStatus.INSUFFICIENT_STORAGE, Errno.UNDEFINED,
				"The response would have more than %d bytes. Ask for less, or increase kinto.%s.".formatted(maxBytes,
						KintoSetting.MAX_RESPONSE_BYTES.name()));
	}

	/**
	 * Create the error for a request that needs more memory than there is.
	 * @return the error
	 */
	public static KintoError noMemory() {
		return of(HttpStatus.INSUFFICIENT_STORAGE, Errno.UNDEFINED,
				"The server does not have enough memory for this request");
	}

	public static KintoError readonly() {
		return of(HttpStatus.METHOD_NOT_ALLOWED, Errno.METHOD_NOT_ALLOWED, "The server is read-only");
	}

	/**
	 * Create the error for a path that does not exist.
	 * @return the error
	 */
	public static KintoError nothingHere() {
		return of(HttpStatus.NOT_FOUND, Errno.MISSING_RESOURCE, "There is nothing at this path");
	}

	public static KintoError forbidden(Principals principals) {
		if (principals.authenticated()) {
			return of(HttpStatus.FORBIDDEN, Errno.FORBIDDEN, "The user does not have the required permission");
		}
		return of(HttpStatus.UNAUTHORIZED, Errno.MISSING_AUTH_TOKEN, "Authentication is required");
	}

	/**
	 * Create the error that Kinto returns to anonymous users, which has a title instead
	 * of a message.
	 * @param title the title
	 * @return the error
	 */
	public static KintoError anonymous(String title) {
		return new KintoError(HttpStatus.UNAUTHORIZED, Errno.UNDEFINED, title, null, null);
	}

	public static KintoError unknownObject(ObjectUri uri) {
		return missing(Errno.INVALID_RESOURCE_ID, uri);
	}

	public static KintoError unknownParent(ObjectUri uri) {
		return missing(Errno.MISSING_RESOURCE, uri);
	}

	static KintoError modifiedMeanwhile(@Nullable ObjectNode existing, long timestamp) {
		HttpStatus status = HttpStatus.PRECONDITION_FAILED;
		KintoError error = new KintoError(status, Errno.MODIFIED_MEANWHILE, status.getReasonPhrase(),
				"The object or list was changed in the meantime",
				(existing != null) ? Json.object().set("existing", existing) : null);
		error.response.timestamp(timestamp);
		return error;
	}

	public static KintoError invalid(ErrorDetail detail) {
		return invalid(HttpStatus.BAD_REQUEST, List.of(detail));
	}

	/**
	 * Create the error that the validation of a request found.
	 * @param details what is invalid
	 * @return the error
	 */
	static KintoError ofValidation(List<ErrorDetail> details) {
		return new KintoError(invalid(HttpStatus.BAD_REQUEST, details).response, true);
	}

	static KintoError invalid(HttpStatus status, List<ErrorDetail> details) {
		List<ErrorDetail> sorted = details.stream().sorted(Comparator.comparing(ErrorDetail::nameText)).toList();
		ArrayNode list = Json.array();
		for (ErrorDetail detail : sorted) {
			list.addObject()
				.put("location", detail.location())
				.<ObjectNode>set("name", detail.name())
				.put("description", detail.description());
		}
		return new KintoError(status, Errno.INVALID_PARAMETERS, "Invalid parameters", sorted.get(0).message(), list);
	}

	private static KintoError missing(Errno errno, ObjectUri uri) {
		ObjectNode details = Json.object().put("id", uri.id()).put("resource_name", uri.list().resourceName());
		return new KintoError(HttpStatus.NOT_FOUND, errno, HttpStatus.NOT_FOUND.getReasonPhrase(), null, details);
	}

}
