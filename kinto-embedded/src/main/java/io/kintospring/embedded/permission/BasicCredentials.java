package io.kintospring.embedded.permission;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
		String encoded = authorization.substring(SCHEME.length()).strip();
		// unlike Java, Python requires padding
		if (encoded.length() % 4 != 0) {
			return null;
		}
		try {
			String[] parts = text(Base64.getDecoder().decode(encoded)).split(":", 2);
			return (parts.length == 2 && !parts[0].isEmpty()) ? new BasicCredentials(parts[0], parts[1]) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Read a text in UTF-8 or, as Spring encodes credentials by default, in ISO 8859-1.
	 */
	private static String text(byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			return new String(bytes, StandardCharsets.ISO_8859_1);
		}
	}

}
