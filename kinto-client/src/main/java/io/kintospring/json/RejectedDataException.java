package io.kintospring.json;

/**
 * Thrown for data that Kinto cannot store. The message contains none of the data.
 */
final class RejectedDataException extends IllegalArgumentException {

	RejectedDataException(String message) {
		super(message);
	}

}
