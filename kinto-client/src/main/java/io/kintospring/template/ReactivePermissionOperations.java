package io.kintospring.template;

import java.util.function.UnaryOperator;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoPermissions;
import io.kintospring.protocol.PermissionCalls;
import reactor.core.publisher.Mono;

/**
 * A handle of the permissions of one object: who may do what with it. It is immutable and
 * can be kept and shared.
 * <p>
 * Permissions are shown to those who may write the object. Who changes them is always
 * left with {@code write}.
 *
 * @see <a href=
 * "https://docs.kinto-storage.org/en/stable/api/1.x/permissions.html">Kinto's
 * permissions</a>
 */
public interface ReactivePermissionOperations {

	/**
	 * Read the permissions.
	 * @return who may do what; nobody at all where the user may not write the object
	 */
	Mono<KintoPermissions> get();

	/**
	 * Replace the permissions: who is not named has none.
	 * @param permissions adds to no permissions
	 * @return who may do what now
	 * @throws KintoConflictException if the object does not exist
	 */
	Mono<KintoPermissions> set(UnaryOperator<KintoPermissions> permissions);

	/**
	 * Take all permissions from everybody but the caller.
	 * @return who may do what now
	 * @throws KintoConflictException if the object does not exist
	 */
	Mono<KintoPermissions> clear();

	/**
	 * Give permissions, in addition to those that are there. What others give or take at
	 * the same time is not lost.
	 * @param permissions adds those to give to none
	 * @return who may do what now
	 */
	Mono<KintoPermissions> grant(UnaryOperator<KintoPermissions> permissions);

	/**
	 * Take permissions, and leave the others. Who does not have one does not matter; what
	 * others give or take at the same time is not lost.
	 * @param permissions adds those to take to none
	 * @return who may do what now
	 */
	Mono<KintoPermissions> revoke(UnaryOperator<KintoPermissions> permissions);

	/**
	 * Return the same methods as calls, which are values and not sent.
	 * @return the calls
	 */
	PermissionCalls calls();

}
