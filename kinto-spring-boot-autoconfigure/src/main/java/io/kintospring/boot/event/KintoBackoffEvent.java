package io.kintospring.boot.event;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.kintospring.KintoSignal;

/**
 * Event for a {@code Backoff} header: the server is under load and asks its clients to
 * send fewer requests for some time.
 *
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/backoff.html">Backoff
 * indicators</a>
 */
public final class KintoBackoffEvent extends KintoEvent {

	private final KintoSignal.Backoff backoff;

	/**
	 * Create the event.
	 * @param server the URL of the server
	 * @param backoff the signal of the server
	 */
	public KintoBackoffEvent(String server, KintoSignal.Backoff backoff) {
		super(server);
		this.backoff = backoff;
	}

	/**
	 * Return the duration of the backoff, starting with the response.
	 * @return the duration
	 */
	public Duration duration() {
		return this.backoff.duration();
	}

	/**
	 * Return the end of the backoff.
	 * @return the time
	 */
	public Instant releaseTime() {
		return this.backoff.releaseTime();
	}

	@Override
	public String toString() {
		return "Backoff of " + server() + " until " + releaseTime().truncatedTo(ChronoUnit.SECONDS);
	}

}
