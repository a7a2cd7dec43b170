package io.kintospring.embedded.resource;

/**
 * What happened to an object.
 */
enum Action {

	/**
	 * It was created.
	 */
	CREATE,

	/**
	 * It was updated.
	 */
	UPDATE,

	/**
	 * It was deleted.
	 */
	DELETE

}
