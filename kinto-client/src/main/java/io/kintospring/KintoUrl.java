package io.kintospring;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * The root of a server's API, such as {@code https://kinto.example.com/v1}.
 */
public final class KintoUrl {

	private static final Pattern VERSIONED = Pattern.compile(".*/v\\d+");

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
	 * credentials
	 */
	public static KintoUrl of(String text) {
		if (text.contains("@")) {
			throw new IllegalArgumentException(
					"it holds credentials, which belong into a user name and a password of their own");
		}
		if (text.contains("?") || text.contains("#")) {
			throw new IllegalArgumentException("it has a query or a fragment, which the root of an API has not");
		}
		URI uri = parse(text.strip());
		if (uri.getHost() == null) {
			throw new IllegalArgumentException("'" + uri.getRawAuthority()
					+ "' is no host's name: letters, digits, '-' and '.' are allowed, and a port after ':'");
		}
		String root = uri.toString().replaceAll("/+$", "");
		if (!VERSIONED.matcher(uri.getRawPath().replaceAll("/+$", "")).matches()) {
			throw new IllegalArgumentException(
					"'" + text + "' does not end with the version of the API: is '" + root + "/v1' meant?");
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
				"'" + text + "' is no address of the form http://host:port/v1 or https://host/v1");
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
