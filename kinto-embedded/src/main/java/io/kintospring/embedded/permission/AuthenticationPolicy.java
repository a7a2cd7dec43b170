package io.kintospring.embedded.permission;

import org.jspecify.annotations.Nullable;

/**
 * A way to find out who somebody is.
 */
public interface AuthenticationPolicy {

	/**
	 * Who somebody is.
	 * @param credentials what they say
	 * @return the user id, none if the credentials are not of this policy
	 */
	@Nullable String userId(BasicCredentials credentials);

}
