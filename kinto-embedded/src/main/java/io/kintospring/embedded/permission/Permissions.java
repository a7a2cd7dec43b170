package io.kintospring.embedded.permission;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.kintospring.embedded.storage.ListUri;
import io.kintospring.embedded.storage.ObjectUri;

/**
 * Which permission on which object was given to which principals.
 * <p>
 * Not safe for use by several threads at once.
 */
public final class Permissions {

	private final Map<ListUri, Map<String, Map<String, Set<String>>>> lists = new HashMap<>();

	/**
	 * The permissions on an object.
	 * @param uri the object
	 * @return principals by permission, of which none is empty
	 */
	public Map<String, Set<String>> of(ObjectUri uri) {
		return this.lists.getOrDefault(uri.list(), Map.of()).getOrDefault(uri.id(), Map.of());
	}

	/**
	 * Replaces some of the permissions on an object.
	 * @param uri the object
	 * @param permissions principals by permission; those not named stay as they are
	 */
	public void replace(ObjectUri uri, Map<String, Set<String>> permissions) {
		Map<String, Set<String>> changed = new LinkedHashMap<>(of(uri));
		changed.putAll(permissions);
		changed.values().removeIf(Set::isEmpty);
		this.lists.computeIfAbsent(uri.list(), (list) -> new LinkedHashMap<>()).put(uri.id(), changed);
	}

	/**
	 * Adds a principal to those who have a permission.
	 * @param uri the object
	 * @param permission the permission
	 * @param principal the principal
	 */
	public void grant(ObjectUri uri, String permission, String principal) {
		Set<String> principals = new LinkedHashSet<>(of(uri).getOrDefault(permission, Set.of()));
		principals.add(principal);
		replace(uri, Map.of(permission, principals));
	}

	/**
	 * Whether somebody has one of some permissions.
	 * @param principals who
	 * @param permissions the permissions, of which one is enough
	 * @return whether they have one
	 */
	public boolean granted(Principals principals, Collection<BoundPermission> permissions) {
		return permissions.stream()
			.anyMatch((bound) -> principals.among(of(bound.object()).getOrDefault(bound.permission(), Set.of())));
	}

	/**
	 * The objects of a list on which somebody has one of some permissions.
	 * @param principals who
	 * @param list the list
	 * @param permissions the names of the permissions, of which one is enough
	 * @return the ids of the objects
	 */
	public Set<String> shared(Principals principals, ListUri list, Collection<String> permissions) {
		return this.lists.getOrDefault(list, Map.of())
			.entrySet()
			.stream()
			.filter((object) -> permissions.stream()
				.anyMatch((permission) -> principals.among(object.getValue().getOrDefault(permission, Set.of()))))
			.map(Map.Entry::getKey)
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * All objects on which somebody has a permission.
	 * @param principals who
	 * @return the names of the permissions by object
	 */
	public Map<ObjectUri, Set<String>> of(Principals principals) {
		Map<ObjectUri, Set<String>> all = new LinkedHashMap<>();
		this.lists.forEach((list, objects) -> objects.forEach((id, permissions) -> {
			Set<String> names = new LinkedHashSet<>();
			permissions.forEach((name, granted) -> {
				if (principals.among(granted)) {
					names.add(name);
				}
			});
			if (!names.isEmpty()) {
				all.put(list.object(id), names);
			}
		}));
		return all;
	}

	/**
	 * Removes all permissions on an object.
	 * @param uri the object
	 */
	public void remove(ObjectUri uri) {
		Map<String, Map<String, Set<String>>> objects = this.lists.get(uri.list());
		if (objects != null) {
			objects.remove(uri.id());
		}
	}

	/**
	 * Removes all permissions on everything below an object.
	 * @param object where the object is
	 */
	public void removeBelow(ObjectUri object) {
		this.lists.keySet().removeIf((list) -> list.isBelow(object));
	}

	/**
	 * Removes everything.
	 */
	public void flush() {
		this.lists.clear();
	}

}
