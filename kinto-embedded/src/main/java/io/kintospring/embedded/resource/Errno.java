package io.kintospring.embedded.resource;

import org.springframework.http.HttpStatus;

/**
 * The numbers that Kinto gives to its errors.
 */
public enum Errno {

	/**
	 * Credentials are missing.
	 */
	MISSING_AUTH_TOKEN(104),

	/**
	 * Something in the request is not valid.
	 */
	INVALID_PARAMETERS(107),

	/**
	 * A form that was posted is not valid.
	 */
	INVALID_POSTED_DATA(109),

	/**
	 * There is no object of this id.
	 */
	INVALID_RESOURCE_ID(110),

	/**
	 * There is nothing at this path, or the parent is missing.
	 */
	MISSING_RESOURCE(111),

	/**
	 * The body of the request is too large.
	 */
	REQUEST_TOO_LARGE(113),

	/**
	 * The object or list was changed meanwhile.
	 */
	MODIFIED_MEANWHILE(114),

	/**
	 * The method can't be used here.
	 */
	METHOD_NOT_ALLOWED(115),

	/**
	 * There is no such version of the API.
	 */
	VERSION_NOT_AVAILABLE(116),

	/**
	 * The user may not do this.
	 */
	FORBIDDEN(121),

	/**
	 * Clients send too many requests.
	 */
	CLIENT_REACHED_CAPACITY(117),
	/**
	 * Two requests were in each other's way.
	 */
	CONSTRAINT_VIOLATED(122),
	/**
	 * The server can't answer at the moment.
	 */
	BACKEND(201),
	/**
	 * The service has ended.
	 */
	SERVICE_DEPRECATED(202),
	/**
	 * Something else.
	 */
	UNDEFINED(999);

	private final int number;

	Errno(int number) {
		this.number = number;
	}

	/**
	 * The number that says no more than the status of an answer.
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
