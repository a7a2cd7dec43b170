package io.kintospring.boot.autoconfigure;

/**
 * Exception for an application that does not configure where its Kinto server is.
 */
class KintoServerNotFoundException extends RuntimeException {

	KintoServerNotFoundException() {
		super("No Kinto server: kinto.url is not set or is blank, and no embedded server was started");
	}

}
