package io.kintospring.json;

/**
 * Thrown for data that Kinto cannot store. The message contains none of the data.
 */
final class RefusedDataException extends IllegalArgumentException {

	RefusedDataException(String message) {
		super(message);
	}

}
