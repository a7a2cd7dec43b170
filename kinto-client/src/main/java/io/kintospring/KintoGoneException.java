package io.kintospring;

/**
 * The service has come to its end (410).
 */
public final class KintoGoneException extends KintoResponseException {

	/**
	 * Create the exception.
	 * @param message what went wrong, with which call
	 * @param response what the server answered
	 */
	public KintoGoneException(String message, KintoErrorResponse response) {
		super(message, response, null);
	}

}
