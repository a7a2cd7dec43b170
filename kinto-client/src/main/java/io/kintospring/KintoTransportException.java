package io.kintospring;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Exception thrown if there is no complete response. For example, the server is too slow,
 * the connection broke, or the response is too large. It is also thrown if a downloaded
 * file differs from the uploaded one.
 * <p>
 * It is unknown whether a write was applied, unless the exception is a
 * {@link KintoNotSentException}.
 */
public class KintoTransportException extends KintoException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create the exception.
	 * @param message the message, which names the call
	 * @param cause the cause, or {@code null}
	 */
	public KintoTransportException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
