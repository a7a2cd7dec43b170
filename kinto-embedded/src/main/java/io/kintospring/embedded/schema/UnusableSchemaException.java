package io.kintospring.embedded.schema;

import org.jspecify.annotations.Nullable;

/**
 * Exception thrown if a schema cannot be used to validate anything.
 */
public final class UnusableSchemaException extends RuntimeException {

	UnusableSchemaException(@Nullable Throwable cause) {
		super("The schema cannot be used", cause);
	}

}
