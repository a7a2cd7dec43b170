package io.kintospring;

/**
 * What a client does while the server asks its clients to back off with a {@code Backoff}
 * header. The heartbeat and the server information are requested in any case.
 *
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/backoff.html">Kinto's
 * backoff indicators</a>
 */
public enum KintoBackoffMode {

	/**
	 * Send requests. The application is notified by a {@link KintoSignal.Backoff} and can
	 * reduce its load.
	 */
	NOTIFY,

	/**
	 * Wait until the backoff has ended. A call that would wait longer than the call
	 * timeout fails immediately with a {@link KintoNotSentException} that contains the
	 * remaining time.
	 */
	WAIT,

	/**
	 * Fail with a {@link KintoNotSentException} that contains the remaining time.
	 */
	FAIL

}
