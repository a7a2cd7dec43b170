package io.kintospring;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a server says to its clients beside the answer itself.
 *
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/backoff.html">Backoff
 * indicators</a>
 * @see <a href=
 * "https://docs.kinto-storage.org/en/stable/api/1.x/deprecation.html">Deprecation</a>
 */
public sealed interface KintoSignal {

	/**
	 * The server is under load: clients should send less until the time is over.
	 *
	 * @param duration for how long
	 * @param releaseTime until when
	 */
	record Backoff(Duration duration, Instant releaseTime) implements KintoSignal {
	}

	/**
	 * The request failed: it may be sent again when the time is over.
	 *
	 * @param duration for how long to wait
	 * @param releaseTime until when
	 */
	record RetryAfter(Duration duration, Instant releaseTime) implements KintoSignal {
	}

	/**
	 * The service, or the way it was used, will end or has ended.
	 *
	 * @param type {@code soft-eol} if it will, {@code hard-eol} if it has
	 * @param message for people, or {@code null} if the server gave none
	 * @param url where more is to be read, or {@code null} if the server gave none
	 */
	record Deprecation(String type, @Nullable String message, @Nullable String url) implements KintoSignal {
	}

}
