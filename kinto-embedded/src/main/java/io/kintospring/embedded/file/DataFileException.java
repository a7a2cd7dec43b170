package io.kintospring.embedded.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Exception for a data file that cannot be used. The message names the file and says what
 * to do, and contains none of the data.
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

	static DataFileException unreadable(Path file, IOException cause) {
		return unreadable(file, reason(cause), cause);
	}

	static DataFileException unwritable(Path file, String reason, @Nullable Throwable cause) {
		return new DataFileException(file, "cannot be written: " + reason
				+ ". Make its directory writable and free disk space, or use another file", cause);
	}

	static DataFileException unwritable(Path file, IOException cause) {
		return unwritable(file, reason(cause), cause);
	}

	private static String reason(IOException cause) {
		if (cause instanceof AccessDeniedException denied) {
			return "access to '" + denied.getFile() + "' is denied";
		}
		if (cause instanceof NoSuchFileException missing) {
			return "'" + missing.getFile() + "' does not exist";
		}
		if (cause instanceof FileAlreadyExistsException || cause instanceof DirectoryNotEmptyException) {
			return "'" + ((FileSystemException) cause).getFile() + "' is in the way";
		}
		String reason = (cause instanceof FileSystemException other) ? other.getReason() : cause.getMessage();
		return (reason != null) ? reason : "the operating system gives no reason";
	}

	/**
	 * Return the data file.
	 * @return the path of the file
	 */
	public Path file() {
		return this.file;
	}

}
