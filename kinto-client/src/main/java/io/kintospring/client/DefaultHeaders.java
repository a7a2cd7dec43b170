package io.kintospring.client;

import org.springframework.http.HttpHeaders;

/**
 * Default headers of requests, unless the application sets them.
 */
final class DefaultHeaders {

	private static final String USER_AGENT = userAgent(DefaultHeaders.class.getPackage().getImplementationVersion());

	private DefaultHeaders() {
	}

	private static String userAgent(String version) {
		return "kinto-spring" + ((version != null) ? "/" + version : "") + " (Java " + Runtime.version().feature()
				+ ")";
	}

	static void addTo(HttpHeaders headers) {
		if (!headers.containsHeader(HttpHeaders.USER_AGENT)) {
			headers.set(HttpHeaders.USER_AGENT, USER_AGENT);
		}
		if (!headers.containsHeader(HttpHeaders.ACCEPT_ENCODING)) {
			headers.set(HttpHeaders.ACCEPT_ENCODING, Decompression.ACCEPTED);
		}
	}

}
