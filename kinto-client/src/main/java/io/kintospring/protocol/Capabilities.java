package io.kintospring.protocol;

import io.kintospring.KintoUnsupportedException;

/**
 * Names of the capabilities that calls require. A server has them only if its
 * configuration includes a plugin or a setting.
 */
final class Capabilities {

	static final String ACCOUNTS = "accounts";

	static final String ATTACHMENTS = "attachments";

	static final String HISTORY = "history";

	static final String PERMISSIONS_ENDPOINT = "permissions_endpoint";

	private Capabilities() {
	}

	/**
	 * Return the exception for a request that the server does not support.
	 */
	static KintoUnsupportedException missing(Object request, String capability) {
		return new KintoUnsupportedException(request + " was not sent: the server lacks the capability '" + capability
				+ "': enable it in the configuration of the server", capability);
	}

}
