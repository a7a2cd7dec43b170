package io.kintospring;

/**
 * Exception thrown if an object does not exist or was deleted (404), or if a record is
 * created in a bucket or collection that does not exist. If you read a bucket that does
 * not exist, Kinto responds with 403, which is a {@link KintoAccessDeniedException}.
 */
public final class KintoNotFoundException extends KintoResponseException {

	/**
	 * Create the exception.
	 * @param message the message, which names the call
	 * @param response the error response
	 */
	public KintoNotFoundException(String message, KintoErrorResponse response) {
		super(message, response, null);
	}

}
