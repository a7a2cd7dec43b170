package io.kintospring;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * It did not work this time and may work later: the server is not available (503), has
 * had too many requests (429), or met with another write at the same time (409).
 */
public final class KintoUnavailableException extends KintoResponseException {

	private final @Nullable Duration retryAfter;

	/**
	 * Create the exception.
	 * @param message what went wrong, with which call
	 * @param response what the server answered
	 * @param retryAfter how long the server asks to wait, or {@code null} if it did not
	 * say
	 */
	public KintoUnavailableException(String message, KintoErrorResponse response, @Nullable Duration retryAfter) {
		super(message, response, null);
		this.retryAfter = retryAfter;
	}

	/**
	 * Return how long the server asks to wait before the next try.
	 * @return the duration from when the answer came, or {@code null} if it did not say
	 */
	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

}
