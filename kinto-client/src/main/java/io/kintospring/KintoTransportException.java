package io.kintospring;

import org.jspecify.annotations.Nullable;

/**
 * No whole answer came: the server could not be reached, was too slow, broke the
 * connection, or sent more than is taken; or a file that came is not the one that was
 * uploaded. Whether a write was applied is not known.
 */
public final class KintoTransportException extends KintoException {

	/**
	 * Create the exception.
	 * @param message what went wrong, with which call
	 * @param cause what the transport said
	 */
	public KintoTransportException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
