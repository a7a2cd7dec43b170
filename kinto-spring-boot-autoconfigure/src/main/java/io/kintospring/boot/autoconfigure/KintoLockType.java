package io.kintospring.boot.autoconfigure;

/**
 * Lock that excludes concurrent updates of an object.
 */
public enum KintoLockType {

	/**
	 * Exclude updates of this instance of the application.
	 */
	LOCAL,

	/**
	 * Exclude updates of all instances of the application, with the LockRegistry bean of
	 * Spring Integration.
	 */
	REGISTRY

}
