package io.kintospring.embedded.storage;

/**
 * An object can't be compared in the way that a filter wants.
 */
public final class NotComparableException extends RuntimeException {

	NotComparableException(String message) {
		super(message, null, false, false);
	}

}
