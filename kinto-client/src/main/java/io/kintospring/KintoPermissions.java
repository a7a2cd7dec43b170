package io.kintospring;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Immutable permissions of an object: for each permission, the principals that have it.
 * Each method that adds principals returns a new instance.
 * <p>
 * Principals are user ids such as {@code account:alice}, {@code system.Everyone},
 * {@code system.Authenticated} and the paths of groups.
 *
 * @see <a href=
 * "https://docs.kinto-storage.org/en/stable/api/1.x/permissions.html">Kinto's
 * permissions</a>
 */
public final class KintoPermissions {

	private static final int FEW = 4;

	private static final KintoPermissions NONE = new KintoPermissions(Map.of());

	private final Map<String, Set<String>> principals;

	private KintoPermissions(Map<String, Set<String>> principals) {
		this.principals = principals;
	}

	/**
	 * Return permissions without principals.
	 * @return the empty permissions
	 */
	public static KintoPermissions none() {
		return NONE;
	}

	/**
	 * Create permissions.
	 * @param principals the principals by the name of the permission
	 * @return the permissions
	 * @throws IllegalArgumentException if a permission or a principal is blank
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public static KintoPermissions of(Map<String, ? extends Collection<String>> principals) {
		Map<String, Set<String>> copy = new LinkedHashMap<>(FEW);
		principals.forEach((permission, named) -> copy.put(permission, checked(permission, named, Set.of())));
		return new KintoPermissions(Collections.unmodifiableMap(copy));
	}

	/**
	 * Allow principals to read the object and everything in it.
	 * @param principals the principals
	 * @return new permissions with these principals
	 */
	public KintoPermissions read(String... principals) {
		return with("read", Arrays.asList(principals));
	}

	/**
	 * Allow principals to read, change and delete the object and everything in it.
	 * @param principals the principals
	 * @return new permissions with these principals
	 */
	public KintoPermissions write(String... principals) {
		return with("write", Arrays.asList(principals));
	}

	/**
	 * Allow principals to create collections in the bucket.
	 * @param principals the principals
	 * @return new permissions with these principals
	 */
	public KintoPermissions createCollections(String... principals) {
		return with("collection:create", Arrays.asList(principals));
	}

	/**
	 * Allow principals to create groups in the bucket.
	 * @param principals the principals
	 * @return new permissions with these principals
	 */
	public KintoPermissions createGroups(String... principals) {
		return with("group:create", Arrays.asList(principals));
	}

	/**
	 * Allow principals to create records in the collection.
	 * @param principals the principals
	 * @return new permissions with these principals
	 */
	public KintoPermissions createRecords(String... principals) {
		return with("record:create", Arrays.asList(principals));
	}

	/**
	 * Grant a permission to principals. Without principals, the permission is present but
	 * empty: a write then removes all its principals on the server.
	 * @param permission the name, such as {@code read} or {@code record:create}
	 * @param principals the principals
	 * @return new permissions with these principals
	 * @throws IllegalArgumentException if the permission or a principal is blank
	 */
	public KintoPermissions with(String permission, Collection<String> principals) {
		Map<String, Set<String>> copy = new LinkedHashMap<>(this.principals);
		copy.put(permission, checked(permission, principals, principals(permission)));
		return new KintoPermissions(Collections.unmodifiableMap(copy));
	}

	private static Set<String> checked(String permission, Collection<String> principals, Set<String> before) {
		if (permission.isBlank()) {
			throw new IllegalArgumentException(
					"The name of a permission must not be blank: use one such as read or write");
		}
		for (String principal : principals) {
			if (principal.isBlank()) {
				throw new IllegalArgumentException("The permission '" + permission
						+ "' has a blank principal: use one such as account:alice or system.Everyone");
			}
		}
		if (before.isEmpty() && principals.size() == 1) {
			return Collections.singleton(principals.iterator().next());
		}
		Set<String> all = new LinkedHashSet<>(before);
		all.addAll(principals);
		return Collections.unmodifiableSet(all);
	}

	/**
	 * Return the principals that have a permission.
	 * @param permission the name
	 * @return an immutable set, empty if there are none
	 */
	public Set<String> principals(String permission) {
		return this.principals.getOrDefault(permission, Set.of());
	}

	/**
	 * Return the principals of all permissions.
	 * @return an immutable map with the names of the permissions as keys
	 */
	@JsonValue
	public Map<String, Set<String>> asMap() {
		return this.principals;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof KintoPermissions that && this.principals.equals(that.principals);
	}

	@Override
	public int hashCode() {
		return this.principals.hashCode();
	}

	@Override
	public String toString() {
		return this.principals.toString();
	}

}
