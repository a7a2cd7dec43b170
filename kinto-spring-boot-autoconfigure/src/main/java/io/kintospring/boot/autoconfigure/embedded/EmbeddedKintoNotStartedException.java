package io.kintospring.boot.autoconfigure.embedded;

/**
 * Exception for an embedded server that cannot be started.
 */
class EmbeddedKintoNotStartedException extends RuntimeException {

	private final String action;

	/**
	 * Create an exception.
	 * @param cause the cause, whose message becomes the message of this exception
	 * @param action sentences that describe the fix
	 */
	EmbeddedKintoNotStartedException(RuntimeException cause, String action) {
		super(cause.getMessage(), cause);
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
