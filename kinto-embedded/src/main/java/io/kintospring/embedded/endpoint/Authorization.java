package io.kintospring.embedded.endpoint;

import java.util.List;
import java.util.Set;

import io.kintospring.embedded.permission.BoundPermission;
import io.kintospring.embedded.permission.Inheritance;
import io.kintospring.embedded.permission.Permissions;
import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.storage.ListUri;
import io.kintospring.embedded.storage.ObjectUri;
import org.jspecify.annotations.Nullable;

/**
 * Authorization of requests. A user who cannot read a list gets the same response for
 * missing and forbidden objects.
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
	 * Require that a user may learn that an object is missing, which mostly means reading
	 * its list.
	 * @param uri the missing object
	 * @param principals the principals of the user
	 * @throws KintoError if the user cannot read the list
	 */
	void requireListRead(ObjectUri uri, Principals principals) {
		// nothing contains a root list, so Kinto falls back to the setting for writing
		String permission = (uri.list().parent() != null) ? READ : WRITE;
		require(may(permission, uri.list(), principals), principals);
	}

	void requireCreate(ListUri list, Principals principals) {
		require(mayCreate(list, principals), principals);
	}

	/**
	 * Require that a user can read a list or some of its objects. A user who can create
	 * objects in a list can also request it.
	 * @param list the list
	 * @param principals the principals of the user
	 * @return the ids of the readable objects, or {@code null} if all are readable
	 * @throws KintoError if the user cannot request the list
	 */
	@Nullable Set<String> requireReadable(ListUri list, Principals principals) {
		return requireAccessible(READ, list, principals);
	}

	/**
	 * Require that a user can write a list or some of its objects. A user who can create
	 * objects in a list can also request it.
	 * @param list the list
	 * @param principals the principals of the user
	 * @return the ids of the writable objects, or {@code null} if all are writable
	 * @throws KintoError if the user cannot request the list
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
