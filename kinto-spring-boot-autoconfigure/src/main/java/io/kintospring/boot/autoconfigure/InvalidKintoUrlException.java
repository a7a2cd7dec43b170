package io.kintospring.boot.autoconfigure;

/**
 * The URL of the Kinto server cannot be one.
 */
class InvalidKintoUrlException extends RuntimeException {

	InvalidKintoUrlException(IllegalArgumentException reason) {
		super("The URL of the Kinto server cannot be used: " + reason.getMessage(), reason);
	}

}
