package io.kintospring.embedded.permission;

/**
 * The policy <code>basicauth</code>: any user name with any password is a user.
 */
public final class BasicAuthentication implements AuthenticationPolicy {

	private final Hmac hmac;

	/**
	 * Creates the policy.
	 * @param hmac what user ids are derived with
	 */
	public BasicAuthentication(Hmac hmac) {
		this.hmac = hmac;
	}

	@Override
	public String userId(BasicCredentials credentials) {
		return "basicauth:" + this.hmac.digest(credentials.name() + ":" + credentials.password());
	}

}
