package io.kintospring;

/**
 * The server lacks the plugin that a call is to. The call was not sent: the server was
 * only asked for its capabilities.
 */
public final class KintoUnsupportedException extends KintoException {

	private final String capability;

	/**
	 * Create the exception.
	 * @param message what is lacking, for which call
	 * @param capability the name of what the server lacks, such as {@code history}
	 */
	public KintoUnsupportedException(String message, String capability) {
		super(message, null);
		this.capability = capability;
	}

	/**
	 * Return what the server lacks.
	 * @return the name of the capability, such as {@code history}
	 */
	public String capability() {
		return this.capability;
	}

}
