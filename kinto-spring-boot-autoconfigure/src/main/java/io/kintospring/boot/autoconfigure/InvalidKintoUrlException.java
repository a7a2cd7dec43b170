package io.kintospring.boot.autoconfigure;

/**
 * Exception for an invalid URL of the Kinto server.
 */
class InvalidKintoUrlException extends RuntimeException {

	InvalidKintoUrlException(IllegalArgumentException reason) {
		super("The URL of the Kinto server is invalid: " + reason.getMessage(), reason);
	}

}
