package io.kintospring.boot.autoconfigure;

/**
 * Nothing says where the Kinto server is.
 */
class KintoServerNotFoundException extends RuntimeException {

	KintoServerNotFoundException() {
		super("No Kinto server: kinto.url is not set, and no embedded server was started");
	}

}
