package io.kintospring;

/**
 * The server does not know the user (401), or the user may not do this (403). Kinto
 * answers this for a bucket that does not exist, too.
 */
public final class KintoAccessDeniedException extends KintoResponseException {

	/**
	 * Create the exception.
	 * @param message what went wrong, with which call
	 * @param response what the server answered
	 */
	public KintoAccessDeniedException(String message, KintoErrorResponse response) {
		super(message, response, null);
	}

}
