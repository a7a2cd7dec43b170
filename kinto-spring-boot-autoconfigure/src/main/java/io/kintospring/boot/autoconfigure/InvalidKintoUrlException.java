package io.kintospring.boot.autoconfigure;

/**
 * Exception for an invalid URL of the Kinto server.
 */
class InvalidKintoUrlException extends RuntimeException {

	private final String prefix;

	/**
	 * Create the exception.
	 * @param prefix the prefix of the properties of the client, such as {@code kinto}
	 * @param reason why the URL is invalid
	 */
	InvalidKintoUrlException(String prefix, IllegalArgumentException reason) {
		super("The URL of the Kinto server" + (prefix.equals(NamedKintoClients.PRIMARY) ? "" : " of " + prefix)
				+ " is invalid: " + reason.getMessage(), reason);
		this.prefix = prefix;
	}

	String prefix() {
		return this.prefix;
	}

}
