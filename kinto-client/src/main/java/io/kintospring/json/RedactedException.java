package io.kintospring.json;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Replacement for an exception whose message may contain data of a record, such as one of
 * Jackson. It has the type name and the stack trace of the original, without the message.
 * Causes and suppressed exceptions are replaced, too.
 */
public final class RedactedException extends RuntimeException {

	private RedactedException(Throwable original, Set<Throwable> known) {
		super(original.getClass().getName() + " (message omitted, because it may contain data)",
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
	 * Return a replacement for an exception.
	 * @param original the exception
	 * @return the replacement, without messages
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
	 * Return the field that caused an exception.
	 * @param ex the exception
	 * @return the path of the field, with dots before nested fields, or an empty string
	 * for the whole object
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
	 * Return the type of the root cause.
	 * @param ex the exception
	 * @return the class name of its root cause
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
	 * Return the message, which starts with the type of the original.
	 */
	@Override
	public String toString() {
		return String.valueOf(getMessage());
	}

}
