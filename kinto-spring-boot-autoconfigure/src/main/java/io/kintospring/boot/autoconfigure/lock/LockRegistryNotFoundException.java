package io.kintospring.boot.autoconfigure.lock;

/**
 * Exception thrown if {@code kinto.lock.type} requires a lock registry that does not
 * exist.
 */
class LockRegistryNotFoundException extends RuntimeException {

	LockRegistryNotFoundException(String reason) {
		super("kinto.lock.type is 'registry', but " + reason);
	}

}
