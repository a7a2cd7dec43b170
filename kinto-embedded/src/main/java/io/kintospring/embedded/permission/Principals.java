package io.kintospring.embedded.permission;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Identities of a user: the user id, the user's groups and the built-in principals.
 *
 * @param userId the user id with the prefix of its authentication policy, or {@code null}
 * for an anonymous user
 * @param all all principals
 */
public record Principals(@Nullable String userId, Set<String> all) {

	/**
	 * Principal of all users.
	 */
	public static final String EVERYONE = "system.Everyone";

	/**
	 * Principal of all authenticated users.
	 */
	public static final String AUTHENTICATED = "system.Authenticated";

	/**
	 * Principals of an anonymous user.
	 */
	public static final Principals ANONYMOUS = new Principals(null, Set.of(EVERYONE));

	static Principals of(String userId, Collection<String> groups) {
		Set<String> all = new LinkedHashSet<>();
		all.add(userId);
		all.add(EVERYONE);
		all.add(AUTHENTICATED);
		all.addAll(groups);
		return new Principals(userId, all);
	}

	/**
	 * Return whether the user is authenticated.
	 * @return whether there is a user id
	 */
	public boolean authenticated() {
		return this.userId != null;
	}

	/**
	 * Return the principal of this user alone.
	 * @return the user id, or {@link #EVERYONE} for an anonymous user
	 */
	public String current() {
		return (this.userId != null) ? this.userId : EVERYONE;
	}

	/**
	 * Return whether one of these principals is in a set.
	 * @param principals the set
	 * @return whether they have a principal in common
	 */
	public boolean among(Set<String> principals) {
		return this.all.stream().anyMatch(principals::contains);
	}

}
