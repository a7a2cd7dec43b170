package io.kintospring.boot.autoconfigure;

/**
 * Exception for an application without a configured Kinto server.
 */
class KintoServerNotFoundException extends RuntimeException {

	KintoServerNotFoundException() {
		super("No Kinto server is configured: kinto.url is not set or is blank, and no embedded server was started");
	}

}
