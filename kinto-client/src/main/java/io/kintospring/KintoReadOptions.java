package io.kintospring;

import java.util.function.UnaryOperator;

/**
 * Immutable options for reading an object. Each method returns a new instance.
 *
 * @param options the options that are common to all operations
 */
public record KintoReadOptions(KintoOptions options) {

	private static final KintoReadOptions NONE = new KintoReadOptions(KintoOptions.of());

	/**
	 * Create options.
	 * @param customizers set the options, applied in order
	 * @return the options, or empty ones without customizers
	 */
	public static KintoReadOptions of(Customizer... customizers) {
		return Customizers.apply(NONE, customizers);
	}

	/**
	 * Set the retry settings of the request, which override those of the handle.
	 * @param retry the settings, or {@link KintoRetry#none()} to send it once
	 * @return new options with these settings
	 */
	public KintoReadOptions retry(KintoRetry retry) {
		return new KintoReadOptions(this.options.retry(retry));
	}

	/**
	 * Send a header with the request.
	 * @param name the name, which is not case-sensitive
	 * @param value the value, which replaces an earlier one
	 * @return new options with this header
	 * @throws IllegalArgumentException if HTTP does not allow the name or the value
	 */
	public KintoReadOptions header(String name, String value) {
		return new KintoReadOptions(this.options.header(name, value));
	}

	/**
	 * Function that sets options, such as
	 * {@code (options) -> options.header("X-Tenant", "a")}.
	 */
	@FunctionalInterface
	public interface Customizer extends UnaryOperator<KintoReadOptions> {

	}

}
