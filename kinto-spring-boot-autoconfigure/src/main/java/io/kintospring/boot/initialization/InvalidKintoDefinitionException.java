package io.kintospring.boot.initialization;

/**
 * Exception for a definition that cannot be read or is invalid. Its message names the
 * file and the place in it, and never contains data of the definition.
 */
public final class InvalidKintoDefinitionException extends RuntimeException {

	/**
	 * Create the exception.
	 * @param source describes where the definition comes from
	 * @param problem the problem, with its place in the definition
	 */
	public InvalidKintoDefinitionException(String source, String problem) {
		super(source + ": " + problem);
	}

}
