package io.kintospring.embedded.request;

import org.springframework.http.HttpStatus;

/**
 * Error numbers of Kinto.
 *
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/errors.html">Kinto's
 * error responses</a>
 */
public enum Errno {

	/**
	 * The request has no credentials.
	 */
	MISSING_AUTH_TOKEN(104),

	/**
	 * The request is invalid.
	 */
	INVALID_PARAMETERS(107),

	/**
	 * The posted form is invalid.
	 */
	INVALID_POSTED_DATA(109),

	/**
	 * The object does not exist.
	 */
	INVALID_RESOURCE_ID(110),

	/**
	 * The path or the parent of the object does not exist.
	 */
	MISSING_RESOURCE(111),

	/**
	 * The request body is too large.
	 */
	REQUEST_TOO_LARGE(113),

	/**
	 * A precondition failed because the object or list has another version.
	 */
	MODIFIED_MEANWHILE(114),

	/**
	 * The path does not support the method.
	 */
	METHOD_NOT_ALLOWED(115),

	/**
	 * The version of the API is not available.
	 */
	VERSION_NOT_AVAILABLE(116),

	/**
	 * The user does not have permission.
	 */
	FORBIDDEN(121),

	/**
	 * The client sent too many requests.
	 */
	CLIENT_REACHED_CAPACITY(117),

	/**
	 * Two requests are in conflict.
	 */
	CONSTRAINT_VIOLATED(122),

	/**
	 * The server is temporarily unavailable.
	 */
	BACKEND(201),

	/**
	 * The service has ended.
	 */
	SERVICE_DEPRECATED(202),

	/**
	 * Any other error.
	 */
	UNDEFINED(999);

	private final int number;

	Errno(int number) {
		this.number = number;
	}

	/**
	 * Return the generic number for the status of an error.
	 * @param status the status
	 * @return the number
	 */
	public static Errno of(HttpStatus status) {
		return switch (status) {
			case UNAUTHORIZED -> MISSING_AUTH_TOKEN;
			case FORBIDDEN -> FORBIDDEN;
			case NOT_FOUND -> MISSING_RESOURCE;
			case CONFLICT -> CONSTRAINT_VIOLATED;
			case PRECONDITION_FAILED -> MODIFIED_MEANWHILE;
			case TOO_MANY_REQUESTS -> CLIENT_REACHED_CAPACITY;
			case SERVICE_UNAVAILABLE -> BACKEND;
			case GONE -> SERVICE_DEPRECATED;
			default -> UNDEFINED;
		};
	}

	int number() {
		return this.number;
	}

}
