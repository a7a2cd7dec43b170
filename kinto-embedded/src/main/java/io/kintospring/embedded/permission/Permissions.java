package io.kintospring.embedded.permission;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.kintospring.embedded.storage.ListUri;
import io.kintospring.embedded.storage.ObjectUri;
import io.kintospring.embedded.storage.Transactions;
import org.jspecify.annotations.Nullable;

/**
 * Permissions on all objects, with the principals that have them.
 * <p>
 * Not thread-safe.
 */
public final class Permissions {

	private final Map<ListUri, Map<String, Map<String, Set<String>>>> lists = new HashMap<>();

	private final Transactions transactions;

	/**
	 * Create permissions.
	 * @param transactions the transactions of the changes
	 */
	public Permissions(Transactions transactions) {
		this.transactions = transactions;
	}

	/**
	 * Return the permissions on an object.
	 * @param uri the object
	 * @return the principals by permission; none of the sets is empty
	 */
	public Map<String, Set<String>> of(ObjectUri uri) {
		return this.transactions.readPermissions(uri, current(uri));
	}

	/**
	 * Replace some of the permissions on an object.
	 * @param uri the object
	 * @param permissions the principals by permission; other permissions do not change
	 */
	public void replace(ObjectUri uri, Map<String, Set<String>> permissions) {
		Map<String, Set<String>> changed = new LinkedHashMap<>(current(uri));
		changed.putAll(permissions);
		changed.values().removeIf(Set::isEmpty);
		change(uri, changed);
	}

	/**
	 * Grant a permission to a principal.
	 * @param uri the object
	 * @param permission the permission
	 * @param principal the principal
	 */
	public void grant(ObjectUri uri, String permission, String principal) {
		Set<String> principals = new LinkedHashSet<>(current(uri).getOrDefault(permission, Set.of()));
		principals.add(principal);
		replace(uri, Map.of(permission, principals));
	}

	/**
	 * Return whether a user has at least one of several permissions.
	 * @param principals the principals of the user
	 * @param permissions the permissions
	 * @return whether the user has one of them
	 */
	public boolean granted(Principals principals, Collection<BoundPermission> permissions) {
		return permissions.stream()
			.anyMatch((bound) -> principals.among(of(bound.object()).getOrDefault(bound.permission(), Set.of())));
	}

	/**
	 * Return the objects of a list on which a user has at least one of several
	 * permissions.
	 * @param principals the principals of the user
	 * @param list the list
	 * @param permissions the names of the permissions
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
	 * Return all permissions of a user.
	 * @param principals the principals of the user
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
	 * Remove all permissions on an object.
	 * @param uri the object
	 */
	public void remove(ObjectUri uri) {
		change(uri, null);
	}

	/**
	 * Remove all permissions on the objects below an object.
	 * @param object the URI of the object
	 */
	public void removeBelow(ObjectUri object) {
		removeIf((list) -> list.isBelow(object));
	}

	/**
	 * Remove all permissions on the objects of a list, and on those below them.
	 * @param whole the list
	 */
	public void removeAll(ListUri whole) {
		removeIf((list) -> list.isPartOf(whole));
	}

	private void removeIf(Predicate<ListUri> condition) {
		this.lists.entrySet().removeIf((entry) -> {
			ListUri list = entry.getKey();
			Map<String, Map<String, Set<String>>> objects = entry.getValue();
			boolean removed = condition.test(list);
			if (removed) {
				objects.forEach((id, before) -> this.transactions.changePermissions(list.object(id), before));
				this.transactions.onRollback(() -> this.lists.put(list, objects));
			}
			return removed;
		});
	}

	/**
	 * Remove all permissions.
	 */
	public void flush() {
		this.lists.clear();
	}

	private Map<String, Set<String>> current(ObjectUri uri) {
		return this.lists.getOrDefault(uri.list(), Map.of()).getOrDefault(uri.id(), Map.of());
	}

	private void change(ObjectUri uri, @Nullable Map<String, Set<String>> changed) {
		this.transactions.changePermissions(uri, current(uri));
		Map<String, Set<String>> before = set(uri, changed);
		this.transactions.onRollback(() -> set(uri, before));
	}

	private @Nullable Map<String, Set<String>> set(ObjectUri uri, @Nullable Map<String, Set<String>> permissions) {
		Map<String, Map<String, Set<String>>> objects = this.lists.computeIfAbsent(uri.list(),
				(list) -> new LinkedHashMap<>());
		return (permissions != null) ? objects.put(uri.id(), permissions) : objects.remove(uri.id());
	}

}
