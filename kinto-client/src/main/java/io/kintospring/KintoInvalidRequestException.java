package io.kintospring;

/**
 * Exception thrown if Kinto rejects a request as invalid (400). {@link #details()}
 * contains the reasons.
 */
public final class KintoInvalidRequestException extends KintoResponseException {

	/**
	 * Create the exception.
	 * @param message the message, which names the call
	 * @param response the error response
	 */
	public KintoInvalidRequestException(String message, KintoErrorResponse response) {
		super(message, response, null);
	}

}
