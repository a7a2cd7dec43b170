package io.kintospring.boot.autoconfigure;

/**
 * Exception for a client without a configured Kinto server.
 */
class KintoServerNotFoundException extends RuntimeException {

	private final String prefix;

	/**
	 * Create the exception.
	 * @param prefix the prefix of the properties of the client, such as {@code kinto}
	 */
	KintoServerNotFoundException(String prefix) {
		super(prefix.equals(NamedKintoClients.PRIMARY)
				? "No Kinto server is configured: kinto.url is not set or is blank, and no embedded server was started"
				: "No Kinto server is configured for " + prefix + ": " + prefix + ".url is not set or is blank");
		this.prefix = prefix;
	}

	String prefix() {
		return this.prefix;
	}

}
