package io.kintospring.boot.autoconfigure;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Exception for {@code kinto.*} properties with invalid values. Its message never
 * contains a password or a token.
 */
class InvalidKintoPropertiesException extends RuntimeException {

	private final List<Problem> problems;

	InvalidKintoPropertiesException(List<Problem> problems) {
		super(problems.stream().map(Problem::description).collect(Collectors.joining(" ")));
		this.problems = List.copyOf(problems);
	}

	List<Problem> problems() {
		return this.problems;
	}

	/**
	 * Property with an invalid value.
	 *
	 * @param property the name of the property
	 * @param description a sentence that describes the problem
	 * @param action a sentence that describes the fix
	 */
	record Problem(String property, String description, String action) {
	}

}
