package io.kintospring;

import org.jspecify.annotations.Nullable;

/**
 * Options of sending several calls at once. Immutable: each method returns a new value.
 *
 * @param options what is common to all operations
 * @param onFailure what to do if a call or a whole request fails
 * @param maxRequests the most calls in one request, or {@code null} for what the server
 * allows
 * @param maxBytes the most bytes in the body of one request; a call that is larger is
 * sent alone
 * @param parallel how many requests are under way at the same time
 */
public record KintoBatchOptions(KintoOptions options, OnFailure onFailure, @Nullable Integer maxRequests, int maxBytes,
		int parallel) {

	private static final KintoBatchOptions DEFAULTS = new KintoBatchOptions(KintoOptions.none(), OnFailure.COLLECT,
			null, 1024 * 1024, 1);

	/**
	 * Return the defaults: failures are collected, as many calls in a request as the
	 * server allows and as fit into a megabyte, one request after the other.
	 * @return the defaults
	 */
	public static KintoBatchOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Send a header with each request, which all calls in it inherit.
	 * @param name the name, which is not case-sensitive
	 * @param value the value, which replaces an earlier one
	 * @return these options with that
	 * @throws IllegalArgumentException if HTTP does not allow the name or the value
	 */
	public KintoBatchOptions header(String name, String value) {
		return new KintoBatchOptions(this.options.header(name, value), this.onFailure, this.maxRequests, this.maxBytes,
				this.parallel);
	}

	/**
	 * Send nothing more once a whole request has failed: no answer came, or one with a
	 * status of 500 or more. Calls that are refused do not count. What is under way in
	 * parallel by then is still answered. By default the other requests are sent all the
	 * same.
	 * @return these options with that
	 */
	public KintoBatchOptions stopAtFailedRequest() {
		return new KintoBatchOptions(this.options, OnFailure.STOP, this.maxRequests, this.maxBytes, this.parallel);
	}

	/**
	 * Fail when all is done if any call has failed, with the first one's exception, which
	 * has the others' as suppressed. By default nothing is thrown.
	 * @return these options with that
	 */
	public KintoBatchOptions throwAtEnd() {
		return new KintoBatchOptions(this.options, OnFailure.THROW, this.maxRequests, this.maxBytes, this.parallel);
	}

	/**
	 * Put at most this many calls into a request. By default as many as the server
	 * allows, which it is asked for once.
	 * @param maxRequests at least 1
	 * @return these options with that
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	public KintoBatchOptions maxRequests(int maxRequests) {
		requirePositive("number of calls in a request", maxRequests);
		return new KintoBatchOptions(this.options, this.onFailure, maxRequests, this.maxBytes, this.parallel);
	}

	/**
	 * Put at most this many bytes into the body of a request; a call that is larger is
	 * sent alone. By default a megabyte (1024 times 1024).
	 * @param maxBytes at least 1
	 * @return these options with that
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	public KintoBatchOptions maxBytes(int maxBytes) {
		requirePositive("number of bytes in a request", maxBytes);
		return new KintoBatchOptions(this.options, this.onFailure, this.maxRequests, maxBytes, this.parallel);
	}

	/**
	 * Send this many requests at the same time. By default one after the other; with
	 * more, calls of different requests have no order.
	 * @param parallel at least 1
	 * @return these options with that
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	public KintoBatchOptions parallel(int parallel) {
		requirePositive("number of requests at a time", parallel);
		return new KintoBatchOptions(this.options, this.onFailure, this.maxRequests, this.maxBytes, parallel);
	}

	private static void requirePositive(String what, int value) {
		if (value < 1) {
			throw new IllegalArgumentException("The " + what + " is " + value + " and must be at least 1");
		}
	}

	/**
	 * What to do if a call or a whole request fails.
	 */
	public enum OnFailure {

		/** Go on, and tell in the result. */
		COLLECT,

		/** Send nothing more once a whole request has failed, and tell in the result. */
		STOP,

		/** Go on, and fail at the end. */
		THROW

	}

}
