package io.kintospring;

/**
 * Exception thrown if the service is no longer offered (410).
 *
 * @see KintoSignal.Deprecation
 */
public final class KintoGoneException extends KintoResponseException {

	/**
	 * Create the exception.
	 * @param message the message, which names the call
	 * @param response the error response
	 */
	public KintoGoneException(String message, KintoErrorResponse response) {
		super(message, response, null);
	}

}
