package io.kintospring.embedded.storage;

/**
 * Thrown when an operator of a filter does not support the value of a field.
 */
public final class NotComparableException extends RuntimeException {

	NotComparableException(String message) {
		super(message, null, false, false);
	}

}
