package io.kintospring.boot.event;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.kintospring.KintoSignal;

/**
 * The server is under load and asks its clients to send less for a while.
 *
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/backoff.html">Backoff
 * indicators</a>
 */
public final class KintoBackoffEvent extends KintoEvent {

	private final KintoSignal.Backoff backoff;

	/**
	 * Create the event.
	 * @param server which server
	 * @param backoff what it said
	 */
	public KintoBackoffEvent(String server, KintoSignal.Backoff backoff) {
		super(server);
		this.backoff = backoff;
	}

	/**
	 * Return for how long, from when the answer came.
	 * @return the duration
	 */
	public Duration duration() {
		return this.backoff.duration();
	}

	/**
	 * Return until when.
	 * @return the time
	 */
	public Instant releaseTime() {
		return this.backoff.releaseTime();
	}

	@Override
	public String toString() {
		return "Asks for less until " + releaseTime().truncatedTo(ChronoUnit.SECONDS);
	}

}
