package io.kintospring;

/**
 * Exception thrown if the server lacks the plugin that a call requires. The client only
 * asked the server for its capabilities and did not send the call.
 */
public final class KintoUnsupportedException extends KintoException {

	private final String capability;

	/**
	 * Create the exception.
	 * @param message the message, which names the call and the capability
	 * @param capability the name of the missing capability, such as {@code history}
	 */
	public KintoUnsupportedException(String message, String capability) {
		super(message, null);
		this.capability = capability;
	}

	/**
	 * Return the missing capability.
	 * @return the name of the capability, such as {@code history}
	 */
	public String capability() {
		return this.capability;
	}

}
