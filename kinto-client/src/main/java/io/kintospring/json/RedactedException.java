package io.kintospring.json;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Stands for an exception or an error whose message may contain the data of a record: one
 * of Jackson, or of the user's code that Jackson called. It has the type and the stack
 * trace of the original, and so have its causes and suppressed exceptions, but none of
 * the messages.
 */
public final class RedactedException extends RuntimeException {

	private RedactedException(Throwable original, Set<Throwable> known) {
		super(original.getClass().getName() + " (its message is left out, as it may contain data)",
				redacted(original.getCause(), known), true, true);
		setStackTrace(original.getStackTrace());
		for (Throwable suppressed : original.getSuppressed()) {
			RuntimeException redacted = redacted(suppressed, known);
			if (redacted != null) {
				addSuppressed(redacted);
			}
		}
	}

	/**
	 * Return what stands for an exception.
	 * @param original the exception
	 * @return the same without messages
	 */
	public static RedactedException of(Throwable original) {
		Set<Throwable> known = Collections.newSetFromMap(new IdentityHashMap<>());
		known.add(original);
		return new RedactedException(original, known);
	}

	private static @Nullable RuntimeException redacted(@Nullable Throwable original, Set<Throwable> known) {
		return (original != null && known.add(original)) ? new RedactedException(original, known) : null;
	}

	/**
	 * Return which field an exception is about.
	 * @param ex the exception
	 * @return the names of the field and of those around it, with dots between them, or
	 * an empty text if it is about the whole
	 */
	public static String field(JacksonException ex) {
		StringBuilder field = new StringBuilder();
		for (JacksonException.Reference reference : ex.getPath()) {
			if (reference.getPropertyName() != null) {
				field.append(field.isEmpty() ? "" : ".").append(reference.getPropertyName());
			}
			else if (reference.getIndex() >= 0) {
				field.append('[').append(reference.getIndex()).append(']');
			}
		}
		return field.toString();
	}

	/**
	 * Return the type of what went wrong first.
	 * @param ex the exception
	 * @return the name of the class of its last cause
	 */
	public static String origin(Throwable ex) {
		Throwable origin = ex;
		Set<Throwable> known = Collections.newSetFromMap(new IdentityHashMap<>());
		while (origin.getCause() != null && known.add(origin)) {
			origin = origin.getCause();
		}
		return origin.getClass().getName();
	}

	/**
	 * Return the message alone, which begins with the type of the original.
	 */
	@Override
	public String toString() {
		return String.valueOf(getMessage());
	}

}
