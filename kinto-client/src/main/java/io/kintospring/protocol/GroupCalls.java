package io.kintospring.protocol;

import java.util.List;

import io.kintospring.KintoGroup;
import io.kintospring.KintoObject;
import io.kintospring.KintoWriteOptions;
import io.kintospring.json.KintoJson;

/**
 * Calls to the groups of a bucket. Immutable.
 *
 * @see <a href="https://docs.kinto-storage.org/en/stable/api/1.x/groups.html">Kinto's
 * groups</a>
 */
public final class GroupCalls extends ObjectCalls<KintoGroup> {

	GroupCalls(ResourceContext bucket) {
		super(bucket, ObjectKind.GROUP, KintoJson.own().mapping(KintoGroup.class));
	}

	/**
	 * Add members to a group: {@code GET}, then {@code PUT} with {@code If-Match}, in up
	 * to 10 attempts if there are conflicts.
	 * @param id the id of the group
	 * @param members user ids, such as {@code account:ann}
	 * @return the flow
	 */
	public KintoFlow<KintoObject<KintoGroup>> addMembers(String id, String... members) {
		List<String> added = KintoGroup.of(members).members();
		return update("addMembers", id, (group) -> group.withMembers(added), KintoWriteOptions.of());
	}

	/**
	 * Remove members from a group: {@code GET}, then {@code PUT} with {@code If-Match},
	 * in up to 10 attempts if there are conflicts.
	 * @param id the id of the group
	 * @param members user ids, such as {@code account:ann}
	 * @return the flow
	 */
	public KintoFlow<KintoObject<KintoGroup>> removeMembers(String id, String... members) {
		List<String> removed = List.of(members);
		return update("removeMembers", id, (group) -> group.withoutMembers(removed), KintoWriteOptions.of());
	}

}
