package io.kintospring.embedded.permission;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kintospring.embedded.storage.ObjectUri;

/**
 * Members of all groups.
 */
public final class Groups {

	private final Map<ObjectUri, Set<String>> members = new LinkedHashMap<>();

	/**
	 * Set the members of a group.
	 * @param group the group
	 * @param principals the members
	 */
	public void put(ObjectUri group, Collection<String> principals) {
		this.members.put(group, Set.copyOf(principals));
	}

	/**
	 * Remove a group.
	 * @param group the group
	 */
	public void remove(ObjectUri group) {
		this.members.remove(group);
	}

	/**
	 * Remove all groups below an object.
	 * @param object the URI of the object
	 */
	public void removeBelow(ObjectUri object) {
		this.members.keySet().removeIf((group) -> group.list().isBelow(object));
	}

	/**
	 * Remove all groups.
	 */
	public void flush() {
		this.members.clear();
	}

	List<String> of(String userId) {
		return this.members.entrySet()
			.stream()
			.filter((group) -> group.getValue().contains(userId) || group.getValue().contains(Principals.AUTHENTICATED))
			.map((group) -> group.getKey().toString())
			.toList();
	}

}
