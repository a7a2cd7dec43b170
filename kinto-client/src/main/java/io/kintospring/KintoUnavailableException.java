package io.kintospring;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Exception thrown if a later retry may succeed. The server is unavailable (503),
 * received too many requests (429), or detected a concurrent write (409).
 *
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/backoff.html">Backoff
 * indicators</a>
 */
public final class KintoUnavailableException extends KintoResponseException {

	private final @Nullable Duration retryAfter;

	/**
	 * Create the exception.
	 * @param message the message, which names the call
	 * @param response the error response
	 * @param retryAfter the duration of the {@code Retry-After} header, or {@code null}
	 * without one
	 */
	public KintoUnavailableException(String message, KintoErrorResponse response, @Nullable Duration retryAfter) {
		super(message, response, null);
		this.retryAfter = retryAfter;
	}

	/**
	 * Return the duration of the {@code Retry-After} header.
	 * @return how long to wait after the response before you retry, or {@code null} if
	 * the response has no such header
	 */
	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

}
