package io.kintospring;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Exception thrown if an update by function was not sent because its lock was not
 * acquired. For example, other updates of the same object did not complete in time, or
 * the lock failed. It is safe to repeat the call.
 */
public final class KintoLockException extends KintoNotSentException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create the exception.
	 * @param message the message, which names the call, the lock and the reason
	 * @param cause the failure of the lock, or {@code null} if it was not free in time
	 */
	public KintoLockException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
