package io.kintospring.embedded.permission;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Authentication policy {@code openid}, which accepts a fixed set of bearer tokens.
 * Kinto's own policy verifies a token with the provider that issued it.
 */
public final class TokenAuthentication implements AuthenticationPolicy {

	private static final String PREFIX = "openid:";

	private static final String SCHEME = "bearer ";

	private final Map<String, String> subjects;

	/**
	 * Create the policy.
	 * @param subjects the subjects by token
	 */
	public TokenAuthentication(Map<String, String> subjects) {
		this.subjects = Map.copyOf(subjects);
	}

	/**
	 * Return the subject of the token that identified a user.
	 * @param userId the user id
	 * @return the subject, or {@code null} if another policy authenticated the user
	 */
	public static @Nullable String subject(String userId) {
		return userId.startsWith(PREFIX) ? userId.substring(PREFIX.length()) : null;
	}

	@Override
	public @Nullable String authenticate(String authorization) {
		if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
			return null;
		}
		String subject = this.subjects.get(authorization.substring(SCHEME.length()));
		return (subject != null) ? PREFIX + subject : null;
	}

	@Override
	public String challenge() {
		return "Bearer realm=\"Realm\"";
	}

}
