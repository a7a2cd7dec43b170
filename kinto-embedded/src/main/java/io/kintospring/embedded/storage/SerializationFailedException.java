package io.kintospring.embedded.storage;

/**
 * Exception for a change of an object that a concurrent transaction has changed.
 */
public final class SerializationFailedException extends RuntimeException {

	SerializationFailedException(String message) {
		super(message, null, false, false);
	}

}
