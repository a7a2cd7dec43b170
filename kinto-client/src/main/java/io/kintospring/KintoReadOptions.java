package io.kintospring;

/**
 * Options of reading one object. Immutable: each method returns a new value.
 *
 * @param options what is common to all operations
 */
public record KintoReadOptions(KintoOptions options) {

	private static final KintoReadOptions NONE = new KintoReadOptions(KintoOptions.none());

	/**
	 * Return options that set nothing.
	 * @return the empty options
	 */
	public static KintoReadOptions none() {
		return NONE;
	}

	/**
	 * Send a header with the request.
	 * @param name the name, which is not case-sensitive
	 * @param value the value, which replaces an earlier one
	 * @return these options with that
	 * @throws IllegalArgumentException if HTTP does not allow the name or the value
	 */
	public KintoReadOptions header(String name, String value) {
		return new KintoReadOptions(this.options.header(name, value));
	}

}
