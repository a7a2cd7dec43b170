package io.kintospring.embedded.permission;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.kintospring.embedded.storage.ListUri;
import io.kintospring.embedded.storage.ObjectUri;

/**
 * Rules that say which permissions imply others, both on an object and on the objects
 * below it.
 */
public final class Inheritance {

	// @formatter:off
	private static final Map<String, List<Granter>> GRANTERS = Map.ofEntries(
			implied("bucket write", "bucket write"),
			implied("bucket read", "bucket write", "bucket read"),
			implied("bucket read:attributes", "bucket write", "bucket read", "bucket collection:create", "bucket group:create"),
			implied("bucket group:create", "bucket write", "bucket group:create"),
			implied("bucket collection:create", "bucket write", "bucket collection:create"),
			implied("group write", "bucket write", "group write"),
			implied("group read", "bucket write", "bucket read", "group write", "group read"),
			implied("collection write", "bucket write", "collection write"),
			implied("collection read", "bucket write", "bucket read", "collection write", "collection read"),
			implied("collection read:attributes", "bucket write", "bucket read", "collection write", "collection read", "collection record:create"),
			implied("collection record:create", "bucket write", "collection write", "collection record:create"),
			implied("history read", "bucket write", "bucket read", "history write", "history read"),
			implied("history write", "bucket write", "history write"),
			implied("account write", "account write"),
			implied("account read", "account write", "account read"),
			implied("record write", "bucket write", "collection write", "record write"),
			implied("record read", "bucket write", "bucket read", "collection write", "collection read", "record write", "record read"));
	// @formatter:on

	private Inheritance() {
	}

	/**
	 * Return the permissions that grant a permission on an object. A permission to create
	 * children of an object also grants reading the object.
	 * @param object the URI of the object
	 * @param permission the permission
	 * @return the permissions, each of which is sufficient
	 */
	public static List<BoundPermission> of(ObjectUri object, String permission) {
		return bind(object, onObject(object.list().resourceName(), permission));
	}

	/**
	 * Return the permissions that grant a permission on all objects of a list.
	 * @param list the URI of the list
	 * @param permission the permission
	 * @return the permissions, each of which is sufficient; empty for a top-level list
	 */
	public static List<BoundPermission> of(ListUri list, String permission) {
		ObjectUri parent = list.parent();
		return (parent != null) ? bind(parent, granters(parent.list().resourceName(), permission)) : List.of();
	}

	/**
	 * Return the permissions on an object itself that grant another one on it.
	 * @param resourceName the resource name of the object
	 * @param permission the permission to grant
	 * @return the names of the permissions, each of which is sufficient
	 */
	public static List<String> own(String resourceName, String permission) {
		return onObject(resourceName, permission).stream()
			.filter((granter) -> granter.resourceName().equals(resourceName))
			.map(Granter::permission)
			.toList();
	}

	/**
	 * Return the permissions that a permission on an object implies on the object itself.
	 * @param resourceName the resource name of the object
	 * @param permission the permission
	 * @return the names of the permissions, including the permission itself
	 */
	public static Set<String> withImplied(String resourceName, String permission) {
		Granter granter = new Granter(resourceName, permission);
		Set<String> names = new LinkedHashSet<>(Set.of(permission));
		GRANTERS.forEach((name, granters) -> {
			String[] words = name.split(" ");
			if (words[0].equals(resourceName) && granters.contains(granter)) {
				names.add(words[1]);
			}
		});
		return names;
	}

	private static List<Granter> onObject(String resourceName, String permission) {
		List<Granter> onAttributes = granters(resourceName, permission + ":attributes");
		return onAttributes.isEmpty() ? granters(resourceName, permission) : onAttributes;
	}

	private static List<Granter> granters(String resourceName, String permission) {
		return GRANTERS.getOrDefault(resourceName + " " + permission, List.of());
	}

	private static List<BoundPermission> bind(ObjectUri object, List<Granter> granters) {
		List<BoundPermission> bound = new ArrayList<>();
		for (Granter granter : granters) {
			ObjectUri granting = object.nearest(granter.resourceName());
			if (granting != null) {
				bound.add(new BoundPermission(granting, granter.permission()));
			}
		}
		return bound;
	}

	private static Map.Entry<String, List<Granter>> implied(String permission, String... granters) {
		return Map.entry(permission, Stream.of(granters).map(Granter::parse).toList());
	}

	private record Granter(String resourceName, String permission) {

		static Granter parse(String text) {
			String[] words = text.split(" ");
			return new Granter(words[0], words[1]);
		}

	}

}
