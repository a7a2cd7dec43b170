package io.kintospring.embedded.permission;

import org.jspecify.annotations.Nullable;

/**
 * Authentication policy {@code basicauth}, which accepts any username with any password.
 */
public final class BasicAuthentication implements AuthenticationPolicy {

	private final Hmac hmac;

	/**
	 * Create the policy.
	 * @param hmac derives the user ids
	 */
	public BasicAuthentication(Hmac hmac) {
		this.hmac = hmac;
	}

	@Override
	public @Nullable String authenticate(String authorization) {
		BasicCredentials credentials = BasicCredentials.parse(authorization);
		return (credentials != null)
				? "basicauth:" + this.hmac.digest(credentials.name() + ":" + credentials.password()) : null;
	}

	@Override
	public String challenge() {
		return BasicCredentials.CHALLENGE;
	}

}
