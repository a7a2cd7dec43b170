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
 * Which permissions imply which others: those on the object itself, and those on the
 * objects above it.
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
	 * What gives a permission on an object. Who may create something in an object may
	 * read the object, too.
	 * @param object where the object is
	 * @param permission the permission
	 * @return permissions, any of which gives it
	 */
	public static List<BoundPermission> of(ObjectUri object, String permission) {
		return bind(object, onObject(object.list().resourceName(), permission));
	}

	/**
	 * What gives a permission on everything in a list.
	 * @param list where the list is
	 * @param permission the permission
	 * @return permissions, any of which gives it; none for a list at the root
	 */
	public static List<BoundPermission> of(ListUri list, String permission) {
		ObjectUri parent = list.parent();
		return (parent != null) ? bind(parent, granters(parent.list().resourceName(), permission)) : List.of();
	}

	/**
	 * What gives a permission on an object when it is given on the object itself.
	 * @param resourceName the name of the object's resource
	 * @param permission the permission
	 * @return the names of permissions, any of which gives it
	 */
	public static List<String> own(String resourceName, String permission) {
		return onObject(resourceName, permission).stream()
			.filter((granter) -> granter.resourceName().equals(resourceName))
			.map(Granter::permission)
			.toList();
	}

	/**
	 * What a permission on an object gives on the object itself.
	 * @param resourceName the name of the object's resource
	 * @param permission the permission
	 * @return the names of the permissions, with the permission itself
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
