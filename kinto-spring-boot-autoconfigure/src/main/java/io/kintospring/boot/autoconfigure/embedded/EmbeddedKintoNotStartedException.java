package io.kintospring.boot.autoconfigure.embedded;

/**
 * The embedded server cannot listen, or cannot be set up as its properties say.
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
	 * Return whether the server could not listen.
	 * @return {@code false} if its properties cannot be
	 */
	boolean isPortTaken() {
		return getCause() instanceof IllegalStateException;
	}

}
