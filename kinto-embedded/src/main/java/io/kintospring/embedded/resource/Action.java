package io.kintospring.embedded.resource;

/**
 * Kinds of changes of an object.
 */
public enum Action {

	/**
	 * The object was created.
	 */
	CREATE,

	/**
	 * The object was updated.
	 */
	UPDATE,

	/**
	 * The object was deleted.
	 */
	DELETE

}
