package io.kintospring.template;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoGroup;
import io.kintospring.KintoLockException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.client.KintoExecutor;
import io.kintospring.client.KintoLock;
import io.kintospring.protocol.GroupCalls;

/**
 * Operations on the groups of a bucket.
 *
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/groups.html">Kinto's
 * groups</a>
 */
public interface GroupOperations extends ObjectOperations<KintoGroup> {

	/**
	 * Add members to a group. Existing members are ignored. If the group changes in
	 * between, the client repeats the change, in up to 10 attempts. Changes of one group
	 * run one after the other, in all clients with the same {@link KintoLock}.
	 * @param id the id of the group
	 * @param members user ids, such as {@code account:ann}
	 * @return the group
	 * @throws KintoNotFoundException if the group does not exist
	 * @throws KintoConflictException if the group is changed at every attempt
	 * @throws KintoLockException if other changes of the group take too long
	 */
	default KintoObject<KintoGroup> addMembers(String id, String... members) {
		return executor().execute(calls().addMembers(id, members));
	}

	/**
	 * Remove members from a group. Ids that are not members are ignored. If the group
	 * changes in between, the client repeats the change, in up to 10 attempts. Changes of
	 * one group run one after the other, in all clients with the same {@link KintoLock}.
	 * @param id the id of the group
	 * @param members user ids, such as {@code account:ann}
	 * @return the group
	 * @throws KintoNotFoundException if the group does not exist
	 * @throws KintoConflictException if the group is changed at every attempt
	 * @throws KintoLockException if other changes of the group take too long
	 */
	default KintoObject<KintoGroup> removeMembers(String id, String... members) {
		return executor().execute(calls().removeMembers(id, members));
	}

	@Override
	GroupCalls calls();

	/**
	 * Default implementation that runs the calls on an executor.
	 *
	 * @param executor runs the calls
	 * @param calls the calls
	 */
	record Handle(KintoExecutor executor, GroupCalls calls) implements GroupOperations {
	}

}
