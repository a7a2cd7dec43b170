package io.kintospring.embedded.storage;

/**
 * Exception for a change that a unique index of PostgreSQL rejects.
 */
public final class ConstraintViolatedException extends RuntimeException {

	ConstraintViolatedException(String message) {
		super(message, null, false, false);
	}

}
