package io.kintospring.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Thrown for data that Jackson cannot write. The message contains none of the data.
 */
final class UnwritableException extends IllegalArgumentException {

	private UnwritableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	static UnwritableException of(String subject, Throwable ex) {
		RejectedDataException rejected = rejected(ex);
		if (rejected != null) {
			return new UnwritableException(subject + " cannot be written: " + rejected.getMessage(), null);
		}
		String field = (ex instanceof JacksonException jackson) ? RedactedException.field(jackson) : "";
		return new UnwritableException(subject + " cannot be written: "
				+ (field.isEmpty() ? "" : "'" + field + "' failed with ") + RedactedException.origin(ex),
				RedactedException.of(ex));
	}

	private static @Nullable RejectedDataException rejected(Throwable ex) {
		Throwable cause = ex;
		while (cause instanceof RuntimeException && !(cause instanceof RejectedDataException)) {
			cause = cause.getCause();
		}
		return (cause instanceof RejectedDataException rejected) ? rejected : null;
	}

}
