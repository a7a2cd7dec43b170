package io.kintospring;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if no complete response came: the server could not be reached, was too slow,
 * broke the connection, or sent more than is accepted; or if a downloaded file is not the
 * one that was uploaded. It is not known whether a write was applied, except for
 * {@link KintoNotSentException}.
 */
public class KintoTransportException extends KintoException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create the exception.
	 * @param message what went wrong, with which call
	 * @param cause what the transport reported, or {@code null} if there is no cause
	 */
	public KintoTransportException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
