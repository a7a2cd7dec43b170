package io.kintospring.boot.autoconfigure.capability;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import io.kintospring.KintoException;
import org.jspecify.annotations.Nullable;

/**
 * Exception thrown at startup if a server lacks required capabilities, or if its
 * capabilities are unknown.
 */
class RequiredCapabilitiesException extends RuntimeException {

	private final List<Problem> problems;

	RequiredCapabilitiesException(List<Problem> problems) {
		super(problems.stream().map(Problem::description).collect(Collectors.joining(" ")),
				problems.stream().map(Problem::cause).filter(Objects::nonNull).findFirst().orElse(null));
		this.problems = List.copyOf(problems);
	}

	List<Problem> problems() {
		return this.problems;
	}

	/**
	 * Problem of a server.
	 *
	 * @param description a sentence that describes the problem
	 * @param actions sentences that describe the fix
	 * @param cause the reason why the capabilities are unknown, or {@code null}
	 */
	record Problem(String description, List<String> actions, @Nullable KintoException cause) {
	}

}
