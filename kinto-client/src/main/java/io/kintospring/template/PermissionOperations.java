package io.kintospring.template;

import java.util.Map;
import java.util.function.UnaryOperator;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoLockException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoReadOptions;
import io.kintospring.KintoWriteOptions;
import io.kintospring.client.KintoExecutor;
import io.kintospring.client.KintoLock;
import io.kintospring.protocol.PermissionCalls;

/**
 * Operations on the permissions of one object. Handles are immutable and thread-safe.
 * Each method returns the object with its permissions and its version; writing
 * permissions changes the version. For a missing bucket, operations fail as described in
 * {@link ContainerOperations}.
 *
 * @see <a href=
 * "https://docs.kinto-storage.org/en/stable/api/1.x/permissions.html">Kinto's
 * permissions</a>
 */
public interface PermissionOperations {

	/**
	 * Read the permissions. Kinto returns them only to users who can write the object.
	 * @param options options of this operation
	 * @return the object with its permissions
	 * @throws KintoNotFoundException if the object does not exist
	 */
	default KintoObject<Map<String, Object>> get(KintoReadOptions.Customizer... options) {
		return executor().execute(calls().get(options));
	}

	/**
	 * Replace all permissions. Kinto adds the user who makes the request to
	 * {@code write}.
	 * @param permissions a function that adds principals to empty permissions, such as
	 * {@code (p) -> p.read("system.Everyone")}
	 * @param options options of this operation, such as {@code lastModified}
	 * @return the object with its permissions
	 * @throws KintoConflictException if the object does not exist, or does not have the
	 * version that the options require
	 */
	default KintoObject<Map<String, Object>> set(UnaryOperator<KintoPermissions> permissions,
			KintoWriteOptions.Customizer... options) {
		return executor().execute(calls().set(permissions, options));
	}

	/**
	 * Remove all permissions except {@code write} of the user who makes the request.
	 * @param options options of this operation, such as {@code lastModified}
	 * @return the object with its permissions
	 * @throws KintoConflictException if the object does not exist, or does not have the
	 * version that the options require
	 */
	default KintoObject<Map<String, Object>> clear(KintoWriteOptions.Customizer... options) {
		return executor().execute(calls().clear(options));
	}

	/**
	 * Add principals to permissions and keep the others. If the object changes in
	 * between, the client repeats the operation, in up to 10 attempts. Such changes of
	 * one object run one after the other, in all clients with the same {@link KintoLock}.
	 * @param permissions a function that adds the new principals to empty permissions,
	 * such as {@code (p) -> p.read("account:ann")}
	 * @param options options of this operation, without {@code lastModified}
	 * @return the object with its permissions
	 * @throws KintoNotFoundException if the object does not exist
	 * @throws KintoConflictException if the object is changed at every attempt
	 * @throws KintoLockException if other changes of the object take too long
	 */
	default KintoObject<Map<String, Object>> grant(UnaryOperator<KintoPermissions> permissions,
			KintoWriteOptions.Customizer... options) {
		return executor().execute(calls().grant(permissions, options));
	}

	/**
	 * Remove principals from permissions and keep the others. If the object changes in
	 * between, the client repeats the operation, in up to 10 attempts. Such changes of
	 * one object run one after the other, in all clients with the same {@link KintoLock}.
	 * @param permissions a function that adds the principals to remove to empty
	 * permissions, such as {@code (p) -> p.read("account:ann")}
	 * @param options options of this operation, without {@code lastModified}
	 * @return the object with its permissions
	 * @throws KintoNotFoundException if the object does not exist
	 * @throws KintoConflictException if the object is changed at every attempt
	 * @throws KintoLockException if other changes of the object take too long
	 */
	default KintoObject<Map<String, Object>> revoke(UnaryOperator<KintoPermissions> permissions,
			KintoWriteOptions.Customizer... options) {
		return executor().execute(calls().revoke(permissions, options));
	}

	/**
	 * Return the same operations as calls.
	 * @return the calls
	 */
	PermissionCalls calls();

	/**
	 * Return the executor that runs the calls of this handle.
	 * @return the executor
	 */
	KintoExecutor executor();

	/**
	 * Default implementation that runs the calls on an executor.
	 *
	 * @param executor runs the calls
	 * @param calls the calls
	 */
	record Handle(KintoExecutor executor, PermissionCalls calls) implements PermissionOperations {
	}

}
