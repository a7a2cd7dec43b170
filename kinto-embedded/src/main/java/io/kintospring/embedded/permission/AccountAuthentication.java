package io.kintospring.embedded.permission;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * The policy <code>account</code>: users have the password that they have chosen.
 * <p>
 * Not safe for use by several threads at once.
 */
public final class AccountAuthentication implements AuthenticationPolicy {

	private static final String PREFIX = "account:";

	/**
	 * The least that bcrypt has: what is kept in memory for tests needs no protection
	 * that costs a quarter of a second.
	 */
	private static final int STRENGTH = 4;

	private final Map<String, String> verified = new HashMap<>();

	private final Function<String, @Nullable String> hashes;

	/**
	 * Creates the policy.
	 * @param hashes the hash of the password of the account of a name, none if there is
	 * no such account
	 */
	public AccountAuthentication(Function<String, @Nullable String> hashes) {
		this.hashes = hashes;
	}

	/**
	 * The user id of an account.
	 * @param name the name of the account
	 * @return the user id
	 */
	public static String userId(String name) {
		return PREFIX + name;
	}

	/**
	 * Hashes a password.
	 * @param password the password
	 * @return the hash
	 */
	public static String hash(String password) {
		return BCrypt.hashpw(password.getBytes(StandardCharsets.UTF_8), BCrypt.gensalt("$2b", STRENGTH));
	}

	@Override
	public @Nullable String userId(BasicCredentials credentials) {
		String hash = this.hashes.apply(credentials.name());
		return (hash != null && matches(credentials.password(), hash)) ? userId(credentials.name()) : null;
	}

	/**
	 * Forgets what was verified.
	 */
	public void flush() {
		this.verified.clear();
	}

	private boolean matches(String password, String hash) {
		if (password.equals(this.verified.get(hash))) {
			return true;
		}
		boolean matches = isHash(hash) && BCrypt.checkpw(password.getBytes(StandardCharsets.UTF_8), hash);
		if (matches) {
			this.verified.put(hash, password);
		}
		return matches;
	}

	private static boolean isHash(String text) {
		return text.startsWith("$2") && text.length() == 60;
	}

}
