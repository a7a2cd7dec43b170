package io.kintospring;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Immutable URL of the root of a server's API, such as
 * {@code https://kinto.example.com/v1}.
 */
public final class KintoUrl {

	private static final Pattern VERSIONED = Pattern.compile(".*/v\\d+");

	/** An {@code @} in any script, encoded any number of times. */
	private static final Pattern AT = Pattern.compile("[@\uff20\ufe6b]|%(?:25)*40");

	/**
	 * A port number that is too large for Java to parse the authority as host and port.
	 */
	private static final Pattern TOO_LARGE_PORT = Pattern.compile(".*:\\d{6,}");

	/** Text that cannot contain a password: its colons belong to a scheme or a port. */
	private static final Pattern WITHOUT_PASSWORD = Pattern
		.compile("(?:[a-zA-Z][a-zA-Z0-9+.-]*://)?[\\p{L}\\p{N}_ ./-]*(?::\\d{0,5}(?:[/ ][\\p{L}\\p{N}_ ./-]*)?)?");

	private static final int MAX_PORT = 65535;

	private final String url;

	private KintoUrl(String url) {
		this.url = url;
	}

	/**
	 * Parse a URL. A slash at its end is ignored.
	 * @param text an {@code http} or {@code https} URL that ends with the version of the
	 * API, such as {@code /v1}
	 * @return the parsed URL
	 * @throws IllegalArgumentException if the URL is not valid, or contains credentials,
	 * a query or a fragment. The message does not contain possible credentials.
	 */
	public static KintoUrl of(String text) {
		if (AT.matcher(text).find()) {
			throw new IllegalArgumentException(
					"the URL must not contain credentials: set a username and a password instead");
		}
		if (text.contains("?") || text.contains("#")) {
			throw new IllegalArgumentException("the URL must not have a query or a fragment");
		}
		URI uri = parse(text.strip());
		requireHostAndPort(uri);
		String root = uri.toString().replaceAll("/+$", "");
		if (!VERSIONED.matcher(uri.getRawPath().replaceAll("/+$", "")).matches()) {
			throw new IllegalArgumentException(quoted(text) + " does not end with the version of the API: "
					+ (cannotHavePassword(root) ? "did you mean '" + root + "/v1'?" : "add /v1"));
		}
		return new KintoUrl(root);
	}

	private static URI parse(String text) {
		try {
			URI uri = new URI(text);
			String scheme = (uri.getScheme() != null) ? uri.getScheme() : "";
			if (uri.getRawAuthority() != null
					&& (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
				return uri;
			}
		}
		catch (URISyntaxException ex) {
			// its message does not help to fix the URL
		}
		throw new IllegalArgumentException(
				quoted(text) + " is not a URL of the form http://host:port/v1 or https://host/v1");
	}

	private static void requireHostAndPort(URI uri) {
		int port = uri.getPort();
		if (port == 0 || port > MAX_PORT || TOO_LARGE_PORT.matcher(uri.getRawAuthority()).matches()) {
			throw new IllegalArgumentException("the port of the URL must be between 1 and " + MAX_PORT);
		}
		if (uri.getHost() == null) {
			String host = cannotHavePassword(uri.getRawAuthority()) ? "'" + uri.getRawAuthority() + "'"
					: "the host of the URL";
			throw new IllegalArgumentException(
					host + " is not a valid host: use letters, digits, '-' and '.', and a port after ':'");
		}
	}

	private static String quoted(String text) {
		return cannotHavePassword(text) ? "'" + text + "'" : "it";
	}

	private static boolean cannotHavePassword(String text) {
		return WITHOUT_PASSWORD.matcher(text).matches();
	}

	/**
	 * Return the URL, without a slash at its end.
	 */
	@Override
	public String toString() {
		return this.url;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof KintoUrl that && this.url.equals(that.url);
	}

	@Override
	public int hashCode() {
		return this.url.hashCode();
	}

}
