package io.kintospring.protocol;

import java.util.List;
import java.util.Objects;

import io.kintospring.KintoException;
import io.kintospring.protocol.BatchResult.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Thrown at the end of a batch if calls failed or were not sent. {@link #result()} has
 * the outcome of each call. The cause is the first error; up to 10 others are suppressed
 * exceptions.
 */
public final class KintoBatchException extends KintoException {

	private static final int MAX_SUPPRESSED = 10;

	private final transient BatchResult result;

	KintoBatchException(BatchResult result) {
		super(message(result), firstError(result));
		this.result = result;
		errors(result).stream().skip(1).limit(MAX_SUPPRESSED).forEach(this::addSuppressed);
	}

	private static String message(BatchResult result) {
		List<KintoException> errors = errors(result);
		StringBuilder message = new StringBuilder("batch: ")
			.append(result.outcomes().size() - result.published().size())
			.append(" of ")
			.append(result.outcomes().size())
			.append(" calls did not succeed (conflicts: ")
			.append(result.conflicts().size())
			.append(", not found: ")
			.append(result.skipped().size())
			.append(", other errors: ")
			.append(result.errors().size())
			.append(", not sent: ")
			.append(result.notSent().size())
			.append("); see result() for the outcome of each call, or use collectErrors() to return it instead");
		if (!errors.isEmpty()) {
			message.append("; the first error: ").append(errors.get(0).getMessage());
		}
		return message.toString();
	}

	private static List<KintoException> errors(BatchResult result) {
		return result.outcomes().stream().map(Outcome::error).filter(Objects::nonNull).distinct().toList();
	}

	private static @Nullable KintoException firstError(BatchResult result) {
		return errors(result).stream().findFirst().orElse(null);
	}

	/**
	 * Return the outcome of each call.
	 * @return the result of the batch
	 */
	public BatchResult result() {
		return this.result;
	}

}
