package io.kintospring.json;

/**
 * Data that Kinto cannot take, as the message says, which contains none of the data.
 */
final class RefusedDataException extends IllegalArgumentException {

	RefusedDataException(String message) {
		super(message);
	}

}
