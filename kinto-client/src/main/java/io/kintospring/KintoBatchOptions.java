package io.kintospring;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Immutable options for a batch. Each method returns a new instance.
 *
 * @param options the options that are common to all operations
 * @param collecting whether the batch returns its result even if calls failed
 * @param stopping whether the batch stops after a request that failed as a whole
 * @param maxRequests the maximum number of calls in a request, or {@code null} for the
 * limit of the server
 * @param maxBytes the maximum number of bytes in the body of a request; a larger call is
 * sent alone
 * @param parallel the maximum number of requests in flight
 * @param progressListener the listener that is called after each request
 * @see <a href="https://docs.kinto-storage.org/en/stable/api/1.x/batch.html">Kinto's
 * batch operations</a>
 */
public record KintoBatchOptions(KintoOptions options, boolean collecting, boolean stopping,
		@Nullable Integer maxRequests, int maxBytes, int parallel, Consumer<KintoBatchProgress> progressListener) {

	private static final KintoBatchOptions DEFAULTS = new KintoBatchOptions(KintoOptions.of(), false, false, null,
			1024 * 1024, 1, (progress) -> {
			});

	/**
	 * Create options.
	 * @throws IllegalArgumentException if a maximum is less than 1
	 */
	public KintoBatchOptions {
		if (maxRequests != null) {
			requirePositive("maxRequests", maxRequests);
		}
		requirePositive("maxBytes", maxBytes);
		requirePositive("parallel", parallel);
	}

	/**
	 * Create options. By default, a request contains as many calls as the server allows
	 * and as fit into 1 MiB. Requests are sent one after the other, and a failed call
	 * causes an exception at the end.
	 * @param customizers set the options, applied in order
	 * @return the options, or the defaults without customizers
	 */
	public static KintoBatchOptions of(Customizer... customizers) {
		return Customizers.apply(DEFAULTS, customizers);
	}

	/**
	 * Set the retry settings of the requests, which override those of the handle.
	 * @param retry the settings, or {@link KintoRetry#none()} to send each once
	 * @return new options with these settings
	 */
	public KintoBatchOptions retry(KintoRetry retry) {
		return new KintoBatchOptions(this.options.retry(retry), this.collecting, this.stopping, this.maxRequests,
				this.maxBytes, this.parallel, this.progressListener);
	}

	/**
	 * Send a header with each request. All calls inherit it unless they set the same
	 * header.
	 * @param name the name, which is not case-sensitive
	 * @param value the value, which replaces an earlier one
	 * @return new options with this header
	 * @throws IllegalArgumentException if HTTP does not allow the name or the value
	 */
	public KintoBatchOptions header(String name, String value) {
		return new KintoBatchOptions(this.options.header(name, value), this.collecting, this.stopping, this.maxRequests,
				this.maxBytes, this.parallel, this.progressListener);
	}

	/**
	 * Return the result of the batch even if calls failed, so that you can check each
	 * outcome. By default, the batch throws an exception at the end, which contains the
	 * result.
	 * @return new options that collect errors
	 */
	public KintoBatchOptions collectErrors() {
		return new KintoBatchOptions(this.options, true, this.stopping, this.maxRequests, this.maxBytes, this.parallel,
				this.progressListener);
	}

	/**
	 * Stop sending requests after a request failed as a whole: it got no response, or the
	 * response to the batch is an error or unreadable. The error of a single call does
	 * not stop the batch. If a call is sent alone, its error stops the batch unless it
	 * concerns the object, such as a conflict (412). Requests in flight are still
	 * completed. By default, the batch sends all requests.
	 * @return new options that stop at a failed request
	 */
	public KintoBatchOptions stopAtFailedRequest() {
		return new KintoBatchOptions(this.options, this.collecting, true, this.maxRequests, this.maxBytes,
				this.parallel, this.progressListener);
	}

	/**
	 * Set the maximum number of calls in a request. The default is the limit that the
	 * server announces. The client then does not request this limit, so the number must
	 * not be higher.
	 * @param maxRequests at least 1
	 * @return new options with this limit
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	public KintoBatchOptions maxRequests(int maxRequests) {
		return new KintoBatchOptions(this.options, this.collecting, this.stopping, maxRequests, this.maxBytes,
				this.parallel, this.progressListener);
	}

	/**
	 * Set the maximum number of bytes in the body of a request. A larger call is sent
	 * alone. The default is 1 MiB.
	 * @param maxBytes at least 1
	 * @return new options with this limit
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	public KintoBatchOptions maxBytes(int maxBytes) {
		return new KintoBatchOptions(this.options, this.collecting, this.stopping, this.maxRequests, maxBytes,
				this.parallel, this.progressListener);
	}

	/**
	 * Set the maximum number of requests in flight. The default is 1. With more, calls in
	 * different requests can be applied in any order.
	 * @param parallel at least 1
	 * @return new options with this number
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	public KintoBatchOptions parallel(int parallel) {
		return new KintoBatchOptions(this.options, this.collecting, this.stopping, this.maxRequests, this.maxBytes,
				parallel, this.progressListener);
	}

	/**
	 * Set a listener for the progress of the batch. By default, there is none.
	 * <p>
	 * It is called after each request, on the thread that reads the response. In a
	 * blocking batch, that is the calling thread. In a reactive batch, it is a thread of
	 * Reactor that must not be blocked. An exception that the listener throws is logged
	 * and ignored.
	 * @param progressListener the listener
	 * @return new options with this listener
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
