package io.kintospring.boot.event;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.kintospring.KintoSignal;

/**
 * The server could not do what was asked and says when to try again.
 *
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/backoff.html">Backoff
 * indicators</a>
 */
public final class KintoRetryAfterEvent extends KintoEvent {

	private final KintoSignal.RetryAfter retryAfter;

	/**
	 * Create the event.
	 * @param server which server
	 * @param retryAfter what it said
	 */
	public KintoRetryAfterEvent(String server, KintoSignal.RetryAfter retryAfter) {
		super(server);
		this.retryAfter = retryAfter;
	}

	/**
	 * Return for how long to wait, from when the answer came.
	 * @return the duration
	 */
	public Duration duration() {
		return this.retryAfter.duration();
	}

	/**
	 * Return until when to wait.
	 * @return the time
	 */
	public Instant releaseTime() {
		return this.retryAfter.releaseTime();
	}

	@Override
	public String toString() {
		return "May be asked again at " + releaseTime().truncatedTo(ChronoUnit.SECONDS);
	}

}
