package io.kintospring.embedded.file;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a data file cannot be used. The message names the file and says what to do,
 * and contains none of the data.
 */
public final class DataFileException extends RuntimeException {

	private final transient Path file;

	private DataFileException(Path file, String message, @Nullable Throwable cause) {
		super("The data file '%s' %s".formatted(file, message), cause);
		this.file = file;
	}

	static DataFileException inUse(Path file) {
		return new DataFileException(file,
				"is in use by another embedded Kinto server. Stop this server, or use another file", null);
	}

	static DataFileException unreadable(Path file, String reason, @Nullable Throwable cause) {
		return new DataFileException(file, "cannot be read: " + reason
				+ ". It was not changed. Correct the file, or delete it to start with the initial data", cause);
	}

	static DataFileException unwritable(Path file, Throwable cause) {
		return new DataFileException(file, "cannot be written: " + cause
				+ ". Make its directory writable and free disk space, or use another file", cause);
	}

	/**
	 * Return the data file.
	 * @return the path of the file
	 */
	public Path file() {
		return this.file;
	}

}
