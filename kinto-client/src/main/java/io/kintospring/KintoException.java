package io.kintospring;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * The root of all exceptions of calls to Kinto: {@link KintoTransportException} if no
 * complete response came, {@link KintoResponseException} if the response is an error or
 * cannot be read, {@link KintoUnsupportedException} if the server lacks what the call
 * requires, and an exception of its own for batches. No message contains credentials.
 */
public abstract class KintoException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create the exception.
	 * @param message what went wrong, with which call
	 * @param cause why, or {@code null} if there is no cause
	 */
	protected KintoException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
