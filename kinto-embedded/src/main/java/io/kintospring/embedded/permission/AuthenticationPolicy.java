package io.kintospring.embedded.permission;

import org.jspecify.annotations.Nullable;

/**
 * Strategy for authenticating a user.
 */
public interface AuthenticationPolicy {

	/**
	 * Return the user id for credentials.
	 * @param credentials the credentials
	 * @return the user id, or {@code null} if this policy does not accept the credentials
	 */
	@Nullable String userId(BasicCredentials credentials);

}
