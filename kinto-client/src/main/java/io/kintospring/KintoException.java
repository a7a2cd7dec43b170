package io.kintospring;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Base class of the exceptions that calls throw. No message contains credentials.
 * <ul>
 * <li>{@link KintoTransportException}: there is no complete response.</li>
 * <li>{@link KintoResponseException}: the response is an error or cannot be read.</li>
 * <li>{@link KintoUnsupportedException}: the server lacks a plugin.</li>
 * <li>{@link io.kintospring.protocol.KintoBatchException}: a call of a batch failed or
 * was not sent.</li>
 * </ul>
 */
public abstract class KintoException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create the exception.
	 * @param message the message, which names the call
	 * @param cause the cause, or {@code null}
	 */
	protected KintoException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
