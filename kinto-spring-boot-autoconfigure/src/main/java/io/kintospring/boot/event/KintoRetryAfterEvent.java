package io.kintospring.boot.event;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.kintospring.KintoSignal;

/**
 * Event for a {@code Retry-After} header: a request failed, and clients should wait
 * before they retry it.
 *
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/backoff.html">Backoff
 * indicators</a>
 */
public final class KintoRetryAfterEvent extends KintoEvent {

	private final KintoSignal.RetryAfter retryAfter;

	/**
	 * Create the event.
	 * @param server the URL of the server
	 * @param retryAfter the signal of the server
	 */
	public KintoRetryAfterEvent(String server, KintoSignal.RetryAfter retryAfter) {
		super(server);
		this.retryAfter = retryAfter;
	}

	/**
	 * Return how long to wait before a retry, starting with the response.
	 * @return the duration
	 */
	public Duration duration() {
		return this.retryAfter.duration();
	}

	/**
	 * Return the earliest time of a retry.
	 * @return the time
	 */
	public Instant releaseTime() {
		return this.retryAfter.releaseTime();
	}

	@Override
	public String toString() {
		return "Retry " + server() + " after " + releaseTime().truncatedTo(ChronoUnit.SECONDS);
	}

}
