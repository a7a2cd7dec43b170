package io.kintospring;

import java.io.Serial;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Exception thrown if a request was not sent. It is safe to repeat the call.
 * <p>
 * For example, the server is unreachable, no connection was available in time, too many
 * requests were pending, the server asked to back off, the credentials were not
 * available, the thread was interrupted, or the client is closed.
 *
 * @see KintoLockException
 */
public class KintoNotSentException extends KintoTransportException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final @Nullable Duration retryAfter;

	/**
	 * Create the exception.
	 * @param message the message, which names the call and the reason
	 * @param cause the cause, or {@code null}
	 */
	public KintoNotSentException(String message, @Nullable Throwable cause) {
		this(message, cause, null);
	}

	/**
	 * Create the exception.
	 * @param message the message, which names the call and the reason
	 * @param cause the cause, or {@code null}
	 * @param retryAfter how long to wait before you retry, or {@code null} if it is
	 * unknown
	 */
	public KintoNotSentException(String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
		super(message, cause);
		this.retryAfter = retryAfter;
	}

	/**
	 * Return how long the server asked to back off.
	 * @return how long to wait before you retry, or {@code null} if the request was not
	 * sent for another reason
	 */
	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

}
