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
		int calls = result.outcomes().size();
		KintoException first = firstError(result);
		return "batch: " + (calls - result.published().size()) + " of " + calls + " calls did not succeed (conflicts: "
				+ result.conflicts().size() + ", not found: " + result.skipped().size() + ", other errors: "
				+ result.errors().size() + ", not sent: " + result.notSent().size()
				+ "); see result() for the outcome of each call, or use collectErrors() to return it instead"
				+ ((first != null) ? "; the first error: " + first.getMessage() : "");
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
