package io.kintospring.boot.autoconfigure.embedded;

/**
 * Exception for an embedded server that cannot listen on its port or has invalid
 * properties.
 */
class EmbeddedKintoNotStartedException extends RuntimeException {

	private final int port;

	EmbeddedKintoNotStartedException(int port, RuntimeException cause) {
		super(cause.getMessage(), cause);
		this.port = port;
	}

	int port() {
		return this.port;
	}

	/**
	 * Return whether the server could not listen on its port.
	 * @return {@code false} if the properties of the server are invalid
	 */
	boolean isPortTaken() {
		return getCause() instanceof IllegalStateException;
	}

}
