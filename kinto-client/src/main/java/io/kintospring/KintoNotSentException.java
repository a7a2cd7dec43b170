package io.kintospring;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a request was not sent, so that the server has not seen it: no connection
 * could be made, too many requests were waiting for one, no credentials could be had, or
 * the client is closed. The call can be repeated without harm.
 */
public final class KintoNotSentException extends KintoTransportException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create the exception.
	 * @param message why the request was not sent, with which call
	 * @param cause what was reported, or {@code null} if there is no cause
	 */
	public KintoNotSentException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
