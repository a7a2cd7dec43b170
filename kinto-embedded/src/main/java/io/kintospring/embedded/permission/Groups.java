package io.kintospring.embedded.permission;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kintospring.embedded.storage.ObjectUri;
import io.kintospring.embedded.storage.Transactions;
import org.jspecify.annotations.Nullable;

/**
 * Members of all groups.
 */
public final class Groups {

	private final Map<ObjectUri, Set<String>> members = new LinkedHashMap<>();

	private final Transactions transactions;

	/**
	 * Create groups.
	 * @param transactions the transactions of the changes
	 */
	public Groups(Transactions transactions) {
		this.transactions = transactions;
	}

	/**
	 * Set the members of a group.
	 * @param group the group
	 * @param principals the members
	 */
	public void put(ObjectUri group, Collection<String> principals) {
		prepareChange(group);
		Set<String> before = this.members.put(group, Set.copyOf(principals));
		this.transactions.onRollback(() -> restore(group, before));
	}

	/**
	 * Remove a group.
	 * @param group the group
	 */
	public void remove(ObjectUri group) {
		prepareChange(group);
		Set<String> before = this.members.remove(group);
		this.transactions.onRollback(() -> restore(group, before));
	}

	/**
	 * Remove all groups below an object.
	 * @param object the URI of the object
	 */
	public void removeBelow(ObjectUri object) {
		List.copyOf(this.members.keySet())
			.stream()
			.filter((group) -> group.list().isBelow(object))
			.forEach(this::remove);
	}

	/**
	 * Remove all groups.
	 */
	public void flush() {
		this.members.clear();
	}

	List<String> of(String userId) {
		return this.transactions.readMembers(this.members)
			.entrySet()
			.stream()
			.filter((group) -> group.getValue().contains(userId) || group.getValue().contains(Principals.AUTHENTICATED))
			.map((group) -> group.getKey().toString())
			.toList();
	}

	private void prepareChange(ObjectUri group) {
		this.transactions.changeMembers(group, this.members.getOrDefault(group, Set.of()));
	}

	private void restore(ObjectUri group, @Nullable Set<String> principals) {
		if (principals != null) {
			this.members.put(group, principals);
		}
		else {
			this.members.remove(group);
		}
	}

}
