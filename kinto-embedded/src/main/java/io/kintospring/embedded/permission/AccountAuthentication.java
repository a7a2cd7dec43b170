package io.kintospring.embedded.permission;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Authentication policy {@code account}, which checks the password of the user's account.
 * <p>
 * Not thread-safe.
 */
public final class AccountAuthentication implements AuthenticationPolicy {

	private static final String PREFIX = "account:";

	/**
	 * Minimum cost of bcrypt. Passwords of test accounts need no protection that takes a
	 * quarter of a second per request.
	 */
	private static final int STRENGTH = 4;

	private final Map<String, String> verified = new HashMap<>();

	/** Names and passwords that the current request has used. */
	private final Map<String, String> accepted = new HashMap<>();

	private final Function<String, @Nullable String> hashes;

	/**
	 * Create the policy.
	 * @param hashes returns the password hash of an account by its name, or {@code null}
	 * if the account does not exist
	 */
	public AccountAuthentication(Function<String, @Nullable String> hashes) {
		this.hashes = hashes;
	}

	/**
	 * Return the user id of an account.
	 * @param name the name of the account
	 * @return the user id
	 */
	public static String userId(String name) {
		return PREFIX + name;
	}

	/**
	 * Return the name of a user's account.
	 * @param principals the principals of the user
	 * @return the name, or {@code null} if the user has authenticated in another way
	 */
	public static @Nullable String name(Principals principals) {
		String userId = principals.userId();
		return (userId != null && userId.startsWith(PREFIX)) ? userId.substring(PREFIX.length()) : null;
	}

	/**
	 * Hash a password.
	 * @param password the password
	 * @return the hash
	 */
	public static String hash(String password) {
		return BCrypt.hashpw(password.getBytes(StandardCharsets.UTF_8), BCrypt.gensalt("$2b", STRENGTH));
	}

	/**
	 * Authenticate a user. As in Kinto, accepted credentials are valid until the end of
	 * the request, even if its batch changes the password or deletes the account.
	 */
	@Override
	public @Nullable String authenticate(String authorization) {
		BasicCredentials credentials = BasicCredentials.parse(authorization);
		if (credentials == null || !accepts(credentials.name(), credentials.password())) {
			return null;
		}
		this.accepted.put(credentials.name(), credentials.password());
		return userId(credentials.name());
	}

	@Override
	public String challenge() {
		return BasicCredentials.CHALLENGE;
	}

	/**
	 * Forget the credentials that the current request has used.
	 */
	public void completeRequest() {
		this.accepted.clear();
	}

	/**
	 * Forget all verified passwords, also those of the current request.
	 */
	public void flush() {
		completeRequest();
		this.verified.clear();
	}

	private boolean accepts(String name, String password) {
		if (password.equals(this.accepted.get(name))) {
			return true;
		}
		String hash = this.hashes.apply(name);
		return hash != null && matches(password, hash);
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
