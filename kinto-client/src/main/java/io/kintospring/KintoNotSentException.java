package io.kintospring;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Exception thrown if a request was not sent. It is safe to repeat the call.
 * <p>
 * For example, the server is unreachable, no connection was available in time, too many
 * requests were pending, the credentials were not available, the thread was interrupted,
 * or the client is closed.
 *
 * @see KintoLockException
 */
public class KintoNotSentException extends KintoTransportException {

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
