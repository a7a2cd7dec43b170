package io.kintospring;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * The root of a server's API, such as {@code https://kinto.example.com/v1}.
 */
public final class KintoUrl {

	private static final Pattern VERSIONED = Pattern.compile(".*/v\\d+");

	/** An {@code @}, also of another script, and encoded any number of times. */
	private static final Pattern AT = Pattern.compile("[@\uff20\ufe6b]|%(?:25)*40");

	/** The port of what Java takes for no host and port, as the number is too large. */
	private static final Pattern ENDLESS_PORT = Pattern.compile(".*:\\d{6,}");

	/** What can hold no password: a colon is that of a scheme or of a port. */
	private static final Pattern HARMLESS = Pattern
		.compile("(?:[a-zA-Z][a-zA-Z0-9+.-]*://)?[\\p{L}\\p{N}_ ./-]*(?::\\d{0,5}(?:[/ ][\\p{L}\\p{N}_ ./-]*)?)?");

	private static final int MAX_PORT = 65535;

	private final String url;

	private KintoUrl(String url) {
		this.url = url;
	}

	/**
	 * Check an address and take it for the root of an API. A slash at the end does not
	 * matter.
	 * @param text the address
	 * @return the root
	 * @throws IllegalArgumentException if that cannot be one; the message does not repeat
	 * what may be credentials
	 */
	public static KintoUrl of(String text) {
		if (AT.matcher(text).find()) {
			throw new IllegalArgumentException(
					"it holds credentials, which belong into a user name and a password of their own");
		}
		if (text.contains("?") || text.contains("#")) {
			throw new IllegalArgumentException("it has a query or a fragment, which the root of an API has not");
		}
		URI uri = parse(text.strip());
		requireHostAndPort(uri);
		String root = uri.toString().replaceAll("/+$", "");
		if (!VERSIONED.matcher(uri.getRawPath().replaceAll("/+$", "")).matches()) {
			throw new IllegalArgumentException(quoted(text) + " does not end with the version of the API: is "
					+ (isHarmless(root) ? "'" + root + "/v1'" : "/v1 at its end") + " meant?");
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
			// its message is not for people who set up a service
		}
		throw new IllegalArgumentException(
				quoted(text) + " is no address of the form http://host:port/v1 or https://host/v1");
	}

	private static void requireHostAndPort(URI uri) {
		int port = uri.getPort();
		if (port == 0 || port > MAX_PORT || ENDLESS_PORT.matcher(uri.getRawAuthority()).matches()) {
			throw new IllegalArgumentException("its port is not between 1 and " + MAX_PORT);
		}
		if (uri.getHost() == null) {
			String host = isHarmless(uri.getRawAuthority()) ? "'" + uri.getRawAuthority() + "'" : "its host";
			throw new IllegalArgumentException(
					host + " is no host's name: letters, digits, '-' and '.' are allowed, and a port after ':'");
		}
	}

	private static String quoted(String text) {
		return isHarmless(text) ? "'" + text + "'" : "it";
	}

	private static boolean isHarmless(String text) {
		return HARMLESS.matcher(text).matches();
	}

	/**
	 * Return the address, without a slash at its end.
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
