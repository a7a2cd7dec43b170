package io.kintospring;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Exception thrown if a request was not sent, and the server has not received it. It is
 * safe to repeat the call.
 * <p>
 * Reasons are: no connection was available, too many requests were pending, credentials
 * were not available, the thread was interrupted, or the client is closed.
 */
public final class KintoNotSentException extends KintoTransportException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create the exception.
	 * @param message the message, which names the call and the reason
	 * @param cause the cause, or {@code null}
	 */
	public KintoNotSentException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
