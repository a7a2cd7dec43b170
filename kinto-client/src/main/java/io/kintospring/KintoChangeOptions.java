package io.kintospring;

import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * Immutable options for reading or watching changes. Each method returns a new instance.
 *
 * @param options the options that are common to all operations
 */
public record KintoChangeOptions(KintoOptions options) {

	private static final KintoChangeOptions NONE = new KintoChangeOptions(KintoOptions.of());

	/**
	 * Create options.
	 * @param customizers set the options, applied in order
	 * @return the options, or empty ones without customizers
	 */
	public static KintoChangeOptions of(Customizer... customizers) {
		return Customizers.apply(NONE, customizers);
	}

	/**
	 * Set the settle time of this operation. This overrides the setting of the handle.
	 * @param settleTime the settle time, or zero to read each change once
	 * @return new options with this setting
	 * @throws IllegalArgumentException if it is negative, or more than a day
	 * @see KintoOptions#settleTime(Duration)
	 */
	public KintoChangeOptions settleTime(Duration settleTime) {
		return new KintoChangeOptions(this.options.settleTime(settleTime));
	}

	/**
	 * Send a header with each request.
	 * @param name the name, which is not case-sensitive
	 * @param value the value, which replaces an earlier one
	 * @return new options with this header
	 * @throws IllegalArgumentException if HTTP does not allow the name or the value
	 */
	public KintoChangeOptions header(String name, String value) {
		return new KintoChangeOptions(this.options.header(name, value));
	}

	/**
	 * Function that sets options, such as
	 * {@code (options) -> options.settleTime(Duration.ofSeconds(30))}.
	 */
	@FunctionalInterface
	public interface Customizer extends UnaryOperator<KintoChangeOptions> {

	}

}
