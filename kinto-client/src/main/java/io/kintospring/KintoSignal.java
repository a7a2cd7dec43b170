package io.kintospring;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Signal of a server in the headers of a response: {@code Backoff}, {@code Retry-After}
 * or {@code Alert}.
 *
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/backoff.html">Backoff
 * indicators</a>
 * @see <a href=
 * "https://docs.kinto-storage.org/en/stable/api/1.x/deprecation.html">Deprecation</a>
 */
public sealed interface KintoSignal {

	/**
	 * Signal of a {@code Backoff} header: the server is under load, and clients should
	 * send fewer requests.
	 *
	 * @param duration the time to back off, as the server sent it
	 * @param releaseTime the end of that time
	 */
	record Backoff(Duration duration, Instant releaseTime) implements KintoSignal {
	}

	/**
	 * Signal of a {@code Retry-After} header: the request failed, and clients should wait
	 * before they retry it.
	 *
	 * @param duration the time to wait
	 * @param releaseTime the end of that time
	 */
	record RetryAfter(Duration duration, Instant releaseTime) implements KintoSignal {
	}

	/**
	 * Signal of an {@code Alert} header: the service or the used API is deprecated or has
	 * been removed.
	 *
	 * @param type {@code soft-eol} if it is deprecated, {@code hard-eol} if it has been
	 * removed
	 * @param message the message for users, or {@code null} if the server sends none
	 * @param url the page with more information, or {@code null} if the server sends none
	 */
	record Deprecation(String type, @Nullable String message, @Nullable String url) implements KintoSignal {
	}

}
