package io.kintospring;

/**
 * Exception thrown if Kinto does not know the user (401) or the user lacks a permission
 * (403). Kinto also responds with 403 for a bucket that does not exist.
 */
public final class KintoAccessDeniedException extends KintoResponseException {

	/**
	 * Create the exception.
	 * @param message the message, which names the call
	 * @param response the error response
	 */
	public KintoAccessDeniedException(String message, KintoErrorResponse response) {
		super(message, response, null);
	}

}
