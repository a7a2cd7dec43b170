package io.kintospring.client;

import java.net.URI;
import java.util.Locale;

/**
 * Reads the URL of a server. Some transports have a name instead.
 */
final class ServerAddress {

	private ServerAddress() {
	}

	static String hostOf(String server) {
		return isUrl(server) ? URI.create(server).getRawAuthority() : server;
	}

	/**
	 * Return host, port and path of a server. Different spellings of a URL have the same
	 * result, and it can be a part of a path.
	 */
	static String withoutScheme(String server) {
		if (!isUrl(server)) {
			return server;
		}
		String origin = originOf(server);
		return origin.substring(origin.indexOf("://") + 3) + URI.create(server).getRawPath();
	}

	/**
	 * Return whether two servers have the same scheme, host and port. If not, credentials
	 * must not be shared.
	 */
	static boolean areOfSameOrigin(String server, String other) {
		return originOf(server).equals(originOf(other));
	}

	private static String originOf(String server) {
		if (!isUrl(server)) {
			return server;
		}
		URI uri = URI.create(server);
		String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
		int port = (uri.getPort() >= 0) ? uri.getPort() : scheme.equals("https") ? 443 : 80;
		return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
	}

	private static boolean isUrl(String server) {
		return server.contains("://");
	}

}
