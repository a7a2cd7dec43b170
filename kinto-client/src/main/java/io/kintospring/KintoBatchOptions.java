package io.kintospring;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Options of sending several calls at once. Immutable: each method returns a new value.
 *
 * @param options what is common to all operations
 * @param collecting whether the result is returned even if calls have failed
 * @param stopping whether nothing more is sent once a request has failed
 * @param maxRequests the most calls in one request, or {@code null} for the server's
 * limit
 * @param maxBytes the most bytes in the body of one request; a larger call is sent alone
 * @param parallel how many requests are under way at the same time
 * @param progressListener is called after each request
 */
public record KintoBatchOptions(KintoOptions options, boolean collecting, boolean stopping,
		@Nullable Integer maxRequests, int maxBytes, int parallel, Consumer<KintoBatchProgress> progressListener) {

	private static final KintoBatchOptions DEFAULTS = new KintoBatchOptions(KintoOptions.of(), false, false, null,
			1024 * 1024, 1, (progress) -> {
			});

	/**
	 * Create options. By default, a batch sends as many calls in a request as the server
	 * allows and as fit into 1 MiB, sends one request after the other, and throws an
	 * exception at the end if a call failed.
	 * @param customizers set the options, in this order
	 * @return the options; the defaults without customizers
	 */
	public static KintoBatchOptions of(Customizer... customizers) {
		return Customizers.apply(DEFAULTS, customizers);
	}

	/**
	 * Send a header with each request, which all calls in it inherit. A header that a
	 * call sets itself wins.
	 * @param name the name, which is not case-sensitive
	 * @param value the value, which replaces an earlier one
	 * @return these options with that
	 * @throws IllegalArgumentException if HTTP does not allow the name or the value
	 */
	public KintoBatchOptions header(String name, String value) {
		return new KintoBatchOptions(this.options.header(name, value), this.collecting, this.stopping, this.maxRequests,
				this.maxBytes, this.parallel, this.progressListener);
	}

	/**
	 * Return the result of the batch even if calls have failed: check its outcomes. By
	 * default the batch throws an exception at the end, which has the result.
	 * @return these options with that
	 */
	public KintoBatchOptions collectErrors() {
		return new KintoBatchOptions(this.options, true, this.stopping, this.maxRequests, this.maxBytes, this.parallel,
				this.progressListener);
	}

	/**
	 * Send nothing more once a whole request has failed: no response came, or it is an
	 * error or cannot be read. Calls that the server refuses one by one do not count.
	 * Requests that are under way by then are still awaited. By default the other
	 * requests are sent nevertheless.
	 * @return these options with that
	 */
	public KintoBatchOptions stopAtFailedRequest() {
		return new KintoBatchOptions(this.options, this.collecting, true, this.maxRequests, this.maxBytes,
				this.parallel, this.progressListener);
	}

	/**
	 * Put at most this many calls into a request. By default as many as the server
	 * allows, which is part of what it says about itself.
	 * @param maxRequests at least 1
	 * @return these options with that
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	public KintoBatchOptions maxRequests(int maxRequests) {
		requirePositive("maxRequests", maxRequests);
		return new KintoBatchOptions(this.options, this.collecting, this.stopping, maxRequests, this.maxBytes,
				this.parallel, this.progressListener);
	}

	/**
	 * Put at most this many bytes into the body of a request; a larger call is sent
	 * alone. By default a megabyte (1024 times 1024).
	 * @param maxBytes at least 1
	 * @return these options with that
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	public KintoBatchOptions maxBytes(int maxBytes) {
		requirePositive("maxBytes", maxBytes);
		return new KintoBatchOptions(this.options, this.collecting, this.stopping, this.maxRequests, maxBytes,
				this.parallel, this.progressListener);
	}

	/**
	 * Send this many requests at the same time. By default one after the other; with
	 * more, calls of different requests have no order.
	 * @param parallel at least 1
	 * @return these options with that
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	public KintoBatchOptions parallel(int parallel) {
		requirePositive("parallel", parallel);
		return new KintoBatchOptions(this.options, this.collecting, this.stopping, this.maxRequests, this.maxBytes,
				parallel, this.progressListener);
	}

	/**
	 * Set a listener for the progress of the batch. It is called after each request, on
	 * the thread that reads the response: the waiting thread of a blocking batch, or a
	 * thread of Reactor's, which must not be blocked. An exception that it throws is
	 * logged, and the batch goes on. By default there is none.
	 * @param progressListener is called after each request
	 * @return these options with that
	 */
	public KintoBatchOptions onProgress(Consumer<KintoBatchProgress> progressListener) {
		return new KintoBatchOptions(this.options, this.collecting, this.stopping, this.maxRequests, this.maxBytes,
				this.parallel, progressListener);
	}

	private static void requirePositive(String name, int value) {
		if (value < 1) {
			throw new IllegalArgumentException(name + " must be at least 1, but was " + value);
		}
	}

	/**
	 * Function that sets options, such as {@code (options) -> options.parallel(4)}.
	 */
	@FunctionalInterface
	public interface Customizer extends UnaryOperator<KintoBatchOptions> {

	}

}
