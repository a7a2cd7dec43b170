package io.kintospring.embedded.permission;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * Name and password from an {@code Authorization} header.
 *
 * @param name the name, never empty
 * @param password the password
 */
public record BasicCredentials(String name, String password) {

	private static final String SCHEME = "basic ";

	/**
	 * Challenge for credentials of this kind.
	 */
	static final String CHALLENGE = "Basic realm=\"Realm\"";

	static @Nullable BasicCredentials parse(String authorization) {
		if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
			return null;
		}
		try {
			byte[] decoded = Base64.getDecoder().decode(authorization.substring(SCHEME.length()).strip());
			String[] parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
			return (parts.length == 2 && !parts[0].isEmpty()) ? new BasicCredentials(parts[0], parts[1]) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
