package io.kintospring.embedded.fault;

import java.time.Duration;
import java.util.Optional;

/**
 * What happens to a request.
 *
 * @param kind what it is
 * @param status the status that the request is answered with, if it fails
 * @param retryAfter when the client may try again, if it is told
 * @param duration how long the answer is held back
 */
public record Fault(Kind kind, int status, Optional<Duration> retryAfter, Duration duration) {

	/**
	 * Nothing that is not as it should be.
	 */
	static final Fault NONE = new Fault(Kind.NONE, 0, Optional.empty(), Duration.ZERO);

	static Fault failure(int status, Optional<Duration> retryAfter) {
		return new Fault(Kind.FAILURE, status, retryAfter, Duration.ZERO);
	}

	static Fault drop() {
		return new Fault(Kind.DROP, 0, Optional.empty(), Duration.ZERO);
	}

	static Fault delay(Duration duration) {
		return new Fault(Kind.DELAY, 0, Optional.empty(), duration);
	}

	/**
	 * The kinds of faults.
	 */
	public enum Kind {

		/**
		 * None at all.
		 */
		NONE,

		/**
		 * The request is answered by an error, and has no effect.
		 */
		FAILURE,

		/**
		 * The connection ends without an answer, and the request has no effect.
		 */
		DROP,

		/**
		 * The request is answered as it should be, but later.
		 */
		DELAY

	}

}
