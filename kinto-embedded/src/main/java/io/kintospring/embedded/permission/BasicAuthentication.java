package io.kintospring.embedded.permission;

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
	public String userId(BasicCredentials credentials) {
		return "basicauth:" + this.hmac.digest(credentials.name() + ":" + credentials.password());
	}

}
