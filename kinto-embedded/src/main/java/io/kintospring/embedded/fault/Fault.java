package io.kintospring.embedded.fault;

import java.time.Duration;
import java.util.Optional;

/**
 * Failure or delay that the server injects into a request.
 *
 * @param kind the kind of fault
 * @param status the status of the error response, or 0 if the request does not fail
 * @param retryAfter the value of the {@code Retry-After} header, if the response has one
 * @param duration the delay of the response
 */
public record Fault(Kind kind, int status, Optional<Duration> retryAfter, Duration duration) {

	/**
	 * No fault.
	 */
	static final Fault NONE = new Fault(Kind.NONE, 0, Optional.empty(), Duration.ZERO);

	static Fault failure(int status, Optional<Duration> retryAfter) {
		return new Fault(Kind.FAILURE, status, retryAfter, Duration.ZERO);
	}

	static Fault drop() {
		return new Fault(Kind.DROP, 0, Optional.empty(), Duration.ZERO);
	}

	static Fault dropResponse() {
		return new Fault(Kind.DROP_RESPONSE, 0, Optional.empty(), Duration.ZERO);
	}

	static Fault delay(Duration duration) {
		return new Fault(Kind.DELAY, 0, Optional.empty(), duration);
	}

	/**
	 * Kinds of faults.
	 */
	public enum Kind {

		/**
		 * The server handles the request normally.
		 */
		NONE,

		/**
		 * The server responds with an error. The request has no effect.
		 */
		FAILURE,

		/**
		 * The server closes the connection without a response. The request has no effect.
		 */
		DROP,

		/**
		 * The server handles the request normally, but closes the connection instead of
		 * sending the response.
		 */
		DROP_RESPONSE,

		/**
		 * The server handles the request normally, but later.
		 */
		DELAY

	}

}
