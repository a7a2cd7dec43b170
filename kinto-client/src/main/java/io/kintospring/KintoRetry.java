package io.kintospring;

import java.time.Duration;

/**
 * Immutable retry settings. Each method returns a new instance.
 * <p>
 * A request is sent again if this cannot apply it twice:
 * <ul>
 * <li>Any request that was not sent, for example because the connection was refused.</li>
 * <li>Any request that the server rejected with a {@code Retry-After} header and the
 * status 409, 429 or 503.</li>
 * <li>If a response is missing, or a gateway responds with 502, 503 or 504: requests that
 * have the same effect when they are applied twice. These are all requests except
 * {@code createIfAbsent} and other {@code POST} requests, JSON Patches without a version,
 * uploads, downloads and deletions by query.</li>
 * <li>After a 401, or a 401 to every call of a batch: any request, once, if the
 * authentication provides other credentials.</li>
 * </ul>
 * The pauses between the attempts double, or are as long as {@code Retry-After}.
 *
 * @param maxRetries the maximum number of times that a request is sent again; 0 turns
 * retries off
 * @param delay the pause before the second attempt
 * @param maxDelay the maximum pause. If the server asks for a longer one, the call fails
 * immediately.
 * @param jitter the random part of a pause, between 0 and 1, so that several clients do
 * not retry at the same time
 */
public record KintoRetry(int maxRetries, Duration delay, Duration maxDelay, double jitter) {

	private static final KintoRetry DEFAULTS = new KintoRetry(3, Duration.ofMillis(100), Duration.ofSeconds(10), 0.5);

	private static final KintoRetry NONE = DEFAULTS.maxRetries(0);

	/**
	 * Create settings.
	 * @throws IllegalArgumentException if the number of retries is negative, the delays
	 * are not positive, or the jitter is not between 0 and 1
	 */
	public KintoRetry {
		if (maxRetries < 0) {
			throw new IllegalArgumentException("maxRetries must be at least 0, but was " + maxRetries);
		}
		requirePositive("delay", delay);
		requirePositive("maxDelay", maxDelay);
		if (!(jitter >= 0 && jitter <= 1)) {
			throw new IllegalArgumentException("jitter must be between 0 and 1, but was " + jitter);
		}
	}

	private static void requirePositive(String name, Duration duration) {
		if (duration.isZero() || duration.isNegative()) {
			throw new IllegalArgumentException(name + " must be positive, but was " + duration);
		}
	}

	/**
	 * Return the default settings: up to 3 retries, with a pause of 100 milliseconds
	 * before the first one, pauses of at most 10 seconds, and a jitter of 0.5.
	 * @return the settings
	 */
	public static KintoRetry defaults() {
		return DEFAULTS;
	}

	/**
	 * Return settings that send each request once.
	 * @return the settings
	 */
	public static KintoRetry none() {
		return NONE;
	}

	/**
	 * Set how often a request may be sent again.
	 * @param maxRetries the number, at least 0
	 * @return new settings with this number
	 */
	public KintoRetry maxRetries(int maxRetries) {
		return new KintoRetry(maxRetries, this.delay, this.maxDelay, this.jitter);
	}

	/**
	 * Set the pause before the second attempt.
	 * @param delay a positive duration
	 * @return new settings with this pause
	 */
	public KintoRetry delay(Duration delay) {
		return new KintoRetry(this.maxRetries, delay, this.maxDelay, this.jitter);
	}

	/**
	 * Set the maximum pause. If the server asks for a longer one, the call fails
	 * immediately with a {@link KintoUnavailableException} that contains it.
	 * @param maxDelay a positive duration
	 * @return new settings with this maximum
	 */
	public KintoRetry maxDelay(Duration maxDelay) {
		return new KintoRetry(this.maxRetries, this.delay, maxDelay, this.jitter);
	}

	/**
	 * Set the random part of a pause. A jitter of 0.5 changes a pause by up to 50 %. A
	 * pause that the server asked for only becomes longer.
	 * @param jitter the part, between 0 and 1
	 * @return new settings with this jitter
	 */
	public KintoRetry jitter(double jitter) {
		return new KintoRetry(this.maxRetries, this.delay, this.maxDelay, jitter);
	}

}
