package io.kintospring.protocol;

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

}
