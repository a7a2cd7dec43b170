package io.kintospring;

/**
 * There is no such object (404), or it was deleted. A missing bucket is not told apart
 * from one that the user may not see: that is a {@link KintoAccessDeniedException}.
 */
public final class KintoNotFoundException extends KintoResponseException {

	/**
	 * Create the exception.
	 * @param message what went wrong, with which call
	 * @param response what the server answered
	 */
	public KintoNotFoundException(String message, KintoErrorResponse response) {
		super(message, response, null);
	}

}
