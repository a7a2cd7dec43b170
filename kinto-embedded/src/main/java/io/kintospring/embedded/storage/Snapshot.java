package io.kintospring.embedded.storage;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Objects and permissions as they were before they changed.
 */
final class Snapshot {

	private final Map<ObjectUri, Optional<ObjectNode>> objects = new HashMap<>();

	private final Map<ObjectUri, Map<String, Set<String>>> permissions = new HashMap<>();

	private final Map<ObjectUri, Set<String>> members = new HashMap<>();

	void add(ObjectUri uri, @Nullable ObjectNode before) {
		this.objects.putIfAbsent(uri, Optional.ofNullable(before));
	}

	void addPermissions(ObjectUri uri, Map<String, Set<String>> before) {
		this.permissions.putIfAbsent(uri, before);
	}

	void addMembers(ObjectUri group, Set<String> before) {
		this.members.putIfAbsent(group, before);
	}

	void addAll(Snapshot later) {
		later.members.forEach(this.members::putIfAbsent);
		later.objects.forEach(this.objects::putIfAbsent);
		later.permissions.forEach(this.permissions::putIfAbsent);
	}

	boolean contains(ObjectUri uri) {
		return this.objects.containsKey(uri);
	}

	boolean containsAny(ListUri list) {
		return this.objects.keySet().stream().anyMatch((uri) -> uri.list().equals(list));
	}

	@Nullable ObjectNode find(ObjectUri uri, @Nullable ObjectNode current) {
		Optional<ObjectNode> before = this.objects.get(uri);
		return (before != null) ? before.orElse(null) : current;
	}

	Map<String, Set<String>> permissions(ObjectUri uri, Map<String, Set<String>> current) {
		return this.permissions.getOrDefault(uri, current);
	}

	Map<ObjectUri, Set<String>> members(Map<ObjectUri, Set<String>> current) {
		Map<ObjectUri, Set<String>> all = new LinkedHashMap<>(current);
		all.putAll(this.members);
		return all;
	}

	void remove(ObjectUri uri) {
		this.objects.remove(uri);
		this.permissions.remove(uri);
	}

	void clear() {
		this.objects.clear();
		this.permissions.clear();
		this.members.clear();
	}

}
