package io.kintospring.embedded.permission;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Authentication of requests by a list of policies.
 */
public final class Authentication {

	private final List<? extends AuthenticationPolicy> policies;

	private final Groups groups;

	/**
	 * Create an authentication.
	 * @param policies the policies; the first one that accepts the credentials wins
	 * @param groups the groups that users are members of
	 */
	public Authentication(List<? extends AuthenticationPolicy> policies, Groups groups) {
		this.policies = List.copyOf(policies);
		this.groups = groups;
	}

	/**
	 * Authenticate the user of a request.
	 * @param authorization the value of the {@code Authorization} header, or {@code null}
	 * if there is none
	 * @return the principals of the user, or those of an anonymous user if the header is
	 * missing or invalid
	 */
	public Principals authenticate(@Nullable String authorization) {
		if (authorization == null) {
			return Principals.ANONYMOUS;
		}
		return this.policies.stream()
			.map((policy) -> policy.authenticate(authorization))
			.filter(Objects::nonNull)
			.findFirst()
			.map((userId) -> Principals.of(userId, this.groups.of(userId)))
			.orElse(Principals.ANONYMOUS);
	}

	/**
	 * Return how users can authenticate.
	 * @return the values of the {@code WWW-Authenticate} header, one for each policy
	 */
	public List<String> challenges() {
		return this.policies.stream().map(AuthenticationPolicy::challenge).toList();
	}

}
