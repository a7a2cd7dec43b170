package io.kintospring;

/**
 * The server does not accept the request as it is (400); {@link #details()} tell why.
 */
public final class KintoInvalidRequestException extends KintoResponseException {

	/**
	 * Create the exception.
	 * @param message what went wrong, with which call
	 * @param response what the server answered
	 */
	public KintoInvalidRequestException(String message, KintoErrorResponse response) {
		super(message, response, null);
	}

}
