package io.kintospring.embedded.storage;

/**
 * Thrown when a backend of Kinto fails.
 */
public final class BackendException extends RuntimeException {

	private final boolean unavailable;

	private BackendException(String message, boolean unavailable) {
		super(message, null, false, false);
		this.unavailable = unavailable;
	}

	/**
	 * Create an exception for an error inside Kinto.
	 * @param message the message
	 * @return the exception
	 */
	static BackendException failed(String message) {
		return new BackendException(message, false);
	}

	/**
	 * Create an exception for a query or a value that PostgreSQL rejects.
	 * @param message the message
	 * @return the exception
	 */
	static BackendException rejected(String message) {
		return new BackendException(message, true);
	}

	/**
	 * Return whether Kinto reports that the backend is unavailable.
	 * @return whether the database, not Kinto itself, failed
	 */
	public boolean isUnavailable() {
		return this.unavailable;
	}

}
