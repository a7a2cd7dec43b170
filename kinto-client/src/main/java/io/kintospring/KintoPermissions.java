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
 * Who may do what with an object: principals by the name of the permission. Immutable;
 * each method that adds returns a new value.
 * <p>
 * Principals are user ids ({@code account:alice}), {@code system.Everyone},
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
	 * Return permissions that name nobody.
	 * @return the empty permissions
	 */
	public static KintoPermissions none() {
		return NONE;
	}

	/**
	 * Create permissions from principals by permission.
	 * @param principals the principals of each permission
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
	 * Let principals read the object and what is in it.
	 * @param principals who
	 * @return these permissions, and those
	 */
	public KintoPermissions read(String... principals) {
		return with("read", Arrays.asList(principals));
	}

	/**
	 * Let principals read, change and delete the object and what is in it.
	 * @param principals who
	 * @return these permissions, and those
	 */
	public KintoPermissions write(String... principals) {
		return with("write", Arrays.asList(principals));
	}

	/**
	 * Let principals create collections in the bucket.
	 * @param principals who
	 * @return these permissions, and those
	 */
	public KintoPermissions createCollections(String... principals) {
		return with("collection:create", Arrays.asList(principals));
	}

	/**
	 * Let principals create groups in the bucket.
	 * @param principals who
	 * @return these permissions, and those
	 */
	public KintoPermissions createGroups(String... principals) {
		return with("group:create", Arrays.asList(principals));
	}

	/**
	 * Let principals create records in the collection.
	 * @param principals who
	 * @return these permissions, and those
	 */
	public KintoPermissions createRecords(String... principals) {
		return with("record:create", Arrays.asList(principals));
	}

	/**
	 * Give principals a permission by its name. With no principals the permission is
	 * there and names nobody, which on a write takes it from those who had it.
	 * @param permission such as {@code read} or {@code record:create}
	 * @param principals who
	 * @return these permissions, and those
	 * @throws IllegalArgumentException if the permission or a principal is blank
	 */
	public KintoPermissions with(String permission, Collection<String> principals) {
		Map<String, Set<String>> copy = new LinkedHashMap<>(this.principals);
		copy.put(permission, checked(permission, principals, principals(permission)));
		return new KintoPermissions(Collections.unmodifiableMap(copy));
	}

	private static Set<String> checked(String permission, Collection<String> principals, Set<String> before) {
		if (permission.isBlank()) {
			throw new IllegalArgumentException("A permission needs a name, such as read or write");
		}
		for (String principal : principals) {
			if (principal.isBlank()) {
				throw new IllegalArgumentException("The permission '" + permission
						+ "' names a blank principal; expected is one such as account:alice or system.Everyone");
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
	 * Return who has a permission.
	 * @param permission its name
	 * @return the principals, empty if there are none
	 */
	public Set<String> principals(String permission) {
		return this.principals.getOrDefault(permission, Set.of());
	}

	/**
	 * Return the principals of every permission.
	 * @return an immutable map from the name of the permission
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
