package io.kintospring.embedded.permission;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Finds out who sent a request.
 */
public final class Authentication {

	private final List<? extends AuthenticationPolicy> policies;

	private final Groups groups;

	/**
	 * Creates one.
	 * @param policies the policies, of which the first that knows somebody counts
	 * @param groups who is a member of which group
	 */
	public Authentication(List<? extends AuthenticationPolicy> policies, Groups groups) {
		this.policies = List.copyOf(policies);
		this.groups = groups;
	}

	/**
	 * Who sent a request.
	 * @param authorization the value of its <code>Authorization</code> header, if it has
	 * one
	 * @return the principals; those of an anonymous user if the header is missing or of
	 * no use
	 */
	public Principals authenticate(@Nullable String authorization) {
		BasicCredentials credentials = BasicCredentials.parse(authorization);
		return (credentials != null) ? authenticate(credentials) : Principals.ANONYMOUS;
	}

	private Principals authenticate(BasicCredentials credentials) {
		return this.policies.stream()
			.map((policy) -> policy.userId(credentials))
			.filter(Objects::nonNull)
			.findFirst()
			.map((userId) -> Principals.of(userId, this.groups.of(userId)))
			.orElse(Principals.ANONYMOUS);
	}

}
