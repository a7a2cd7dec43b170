package io.kintospring.boot.autoconfigure.initialization;

/**
 * Servers to initialize.
 */
public enum KintoInitializationMode {

	/**
	 * Initialize any server.
	 */
	ALWAYS,

	/**
	 * Initialize only an embedded server.
	 */
	EMBEDDED,

	/**
	 * Never initialize a server.
	 */
	NEVER

}
