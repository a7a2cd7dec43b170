package io.kintospring.embedded.resource;

import java.util.List;
import java.util.Set;

import io.kintospring.embedded.permission.BoundPermission;
import io.kintospring.embedded.permission.Inheritance;
import io.kintospring.embedded.permission.Permissions;
import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.storage.ListUri;
import io.kintospring.embedded.storage.ObjectUri;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may do what. What somebody may not even know to be missing is forbidden,
 * not missing.
 */
final class Authorization {

	private static final String CREATE = "create";

	private static final String READ = "read";

	private static final String WRITE = "write";

	private final Permissions permissions;

	private final KintoServerSettings settings;

	Authorization(Permissions permissions, KintoServerSettings settings) {
		this.permissions = permissions;
		this.settings = settings;
	}

	void requireRead(ObjectUri uri, Principals principals) {
		require(may(READ, uri, principals), principals);
	}

	void requireWrite(ObjectUri uri, Principals principals) {
		require(may(WRITE, uri, principals), principals);
	}

	/**
	 * Who may read a list may know that an object is missing from it.
	 * @param uri where the object is missing
	 * @param principals who wants to write it
	 * @throws KintoError if they may not know
	 */
	void requireKnowledge(ObjectUri uri, Principals principals) {
		require(may(READ, uri.list(), principals), principals);
	}

	void requireCreate(ListUri list, Principals principals) {
		require(mayCreate(list, principals), principals);
	}

	/**
	 * Who may not read a list sees those of its objects that they may read, and who may
	 * create objects in it may ask for it.
	 * @param list the list
	 * @param principals who wants to read it
	 * @return the ids of the objects that they may read, none for all
	 * @throws KintoError if they may not ask for the list
	 */
	@Nullable Set<String> requireReadable(ListUri list, Principals principals) {
		return requireAccessible(READ, list, principals);
	}

	/**
	 * As with reading, who may not write a list may write those of its objects that they
	 * may write.
	 * @param list the list
	 * @param principals who wants to write it
	 * @return the ids of the objects that they may write, none for all
	 * @throws KintoError if they may not ask for the list
	 */
	@Nullable Set<String> requireWritable(ListUri list, Principals principals) {
		return requireAccessible(WRITE, list, principals);
	}

	private @Nullable Set<String> requireAccessible(String permission, ListUri list, Principals principals) {
		if (may(permission, list, principals)) {
			return null;
		}
		Set<String> shared = this.permissions.shared(principals, list,
				Inheritance.own(list.resourceName(), permission));
		require(!shared.isEmpty() || mayCreate(list, principals), principals);
		return shared;
	}

	private boolean may(String permission, ObjectUri uri, Principals principals) {
		return may(permission, uri.list().resourceName(), Inheritance.of(uri, permission), principals);
	}

	private boolean may(String permission, ListUri list, Principals principals) {
		return may(permission, list.resourceName(), Inheritance.of(list, permission), principals);
	}

	private boolean mayCreate(ListUri list, Principals principals) {
		String permission = list.resourceName() + ":" + CREATE;
		return may(CREATE, list.resourceName(), Inheritance.of(list, permission), principals);
	}

	private boolean may(String permission, String resourceName, List<BoundPermission> granters, Principals principals) {
		return configured(permission, resourceName, principals)
				|| granters.stream().anyMatch((granter) -> configured(granter.permission(), resourceName, principals))
				|| this.permissions.granted(principals, granters);
	}

	private boolean configured(String permission, String resourceName, Principals principals) {
		String prefix = resourceName + ":";
		String bare = permission.startsWith(prefix) ? permission.substring(prefix.length()) : permission;
		return principals.among(this.settings.get(KintoSetting.principals(resourceName, bare)));
	}

	private static void require(boolean allowed, Principals principals) {
		if (!allowed) {
			throw KintoError.forbidden(principals);
		}
	}

}
