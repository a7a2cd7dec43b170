package io.kintospring.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.kintospring.KintoBackoffMode;
import io.kintospring.KintoRetry;
import io.kintospring.KintoSignal;
import io.kintospring.server.KintoServerInfo;
import org.jspecify.annotations.Nullable;

/**
 * Immutable snapshot of the settings of a client, and of what the client knows about its
 * server, for diagnostics. It contains no credentials.
 *
 * @param takenAt the time of the snapshot
 * @param name the name of the server in metrics
 * @param server the URL of the server's API, without credentials
 * @param authentication the {@linkplain KintoAuthentication#scheme() kind of
 * authentication}
 * @param timeout the timeout of an exchange
 * @param callTimeout the maximum duration of a call with all its attempts
 * @param transferTimeout how long the transfer of a file may make no progress
 * @param retry the retry settings
 * @param serverInfoExpiry how long the client remembers the server information
 * @param maxBackoff the maximum duration of a backoff
 * @param backoffMode what the client does while the server asks to back off
 * @param remainingBackoff how long the client should keep backing off, or zero
 * @param serverInfo the latest server information, even if it is expired, or {@code null}
 * if the client has received none
 * @param signals the latest signals of the server, latest first, at most
 * {@value #MAX_SIGNALS}. A deprecation that the server repeats is contained once, with
 * the latest time.
 * @see KintoClient#state()
 */
public record KintoClientState(Instant takenAt, String name, String server, String authentication, Duration timeout,
		Duration callTimeout, Duration transferTimeout, KintoRetry retry, Duration serverInfoExpiry,
		Duration maxBackoff, KintoBackoffMode backoffMode, Duration remainingBackoff,
		@Nullable CachedServerInfo serverInfo, List<ReceivedSignal> signals) {

	/**
	 * Maximum number of signals that a client remembers.
	 */
	public static final int MAX_SIGNALS = 20;

	/**
	 * Create a snapshot.
	 */
	public KintoClientState {
		signals = List.copyOf(signals);
	}

	/**
	 * Server information that the client has received.
	 *
	 * @param info the server information
	 * @param receivedAt the time when the client received it
	 * @param expiresAt the time from which the client requests it again
	 */
	public record CachedServerInfo(KintoServerInfo info, Instant receivedAt, Instant expiresAt) {

		/**
		 * Return whether the client would request the information again.
		 * @param time the time
		 * @return {@code true} from {@code expiresAt} on
		 */
		public boolean isExpired(Instant time) {
			return !time.isBefore(this.expiresAt);
		}

	}

	/**
	 * Signal that the client has received.
	 *
	 * @param receivedAt the time when the client received it
	 * @param signal the signal
	 */
	public record ReceivedSignal(Instant receivedAt, KintoSignal signal) {
	}

}
