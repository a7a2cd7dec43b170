package io.kintospring.embedded.permission;

import org.jspecify.annotations.Nullable;

/**
 * Strategy for authenticating a user.
 */
public interface AuthenticationPolicy {

	/**
	 * Return the user id for credentials.
	 * @param authorization the value of the {@code Authorization} header
	 * @return the user id, or {@code null} if this policy does not accept the credentials
	 */
	@Nullable String authenticate(String authorization);

	/**
	 * Return how to authenticate with this policy.
	 * @return the value of a {@code WWW-Authenticate} header
	 */
	String challenge();

}
