package io.kintospring.embedded.permission;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed hash that derives unguessable values.
 */
public final class Hmac {

	private static final String ALGORITHM = "HmacSHA256";

	/**
	 * Hash that is copied for each digest, because looking it up takes longer than
	 * hashing.
	 */
	private final Mac prototype;

	/**
	 * Create a keyed hash.
	 * @param secret the secret
	 */
	public Hmac(String secret) {
		try {
			this.prototype = Mac.getInstance(ALGORITHM);
			// An HMAC pads keys with zeros, but Java rejects an empty one
			String key = secret.isEmpty() ? "\0" : secret;
			this.prototype.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return the digest of a text.
	 * @param text the text
	 * @return 64 hexadecimal digits
	 */
	public String digest(String text) {
		try {
			Mac mac = (Mac) this.prototype.clone();
			return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
