package io.kintospring.embedded.permission;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Who somebody is: their user id, the groups that they are a member of, and the classes
 * of people that they belong to.
 *
 * @param userId the user id with the prefix of its authentication policy, none for an
 * anonymous user
 * @param all all principals
 */
public record Principals(@Nullable String userId, Set<String> all) {

	/**
	 * The principal of everybody.
	 */
	public static final String EVERYONE = "system.Everyone";

	/**
	 * The principal of everybody who is authenticated.
	 */
	public static final String AUTHENTICATED = "system.Authenticated";

	/**
	 * Those of an anonymous user.
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
	 * Whether it is known who this is.
	 * @return whether there is a user id
	 */
	public boolean authenticated() {
		return this.userId != null;
	}

	/**
	 * The principal that stands for this one user.
	 * @return the user id, or {@link #EVERYONE}
	 */
	public String current() {
		return (this.userId != null) ? this.userId : EVERYONE;
	}

	/**
	 * Whether this is one of some principals.
	 * @param principals the principals
	 * @return whether they have one in common
	 */
	public boolean among(Set<String> principals) {
		return this.all.stream().anyMatch(principals::contains);
	}

}
