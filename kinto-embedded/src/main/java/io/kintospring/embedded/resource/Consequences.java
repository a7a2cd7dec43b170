package io.kintospring.embedded.resource;

import java.util.List;
import java.util.function.Consumer;

import io.kintospring.embedded.permission.Groups;
import io.kintospring.embedded.permission.Permissions;
import io.kintospring.embedded.storage.Storage;
import tools.jackson.databind.JsonNode;

/**
 * Listener that keeps dependent data consistent with the changed objects.
 * <p>
 * Deleting a bucket or a collection removes everything below it. Deleting a bucket also
 * removes its permissions, even if the same batch creates it again. Changing a group
 * updates its members.
 */
public final class Consequences implements Consumer<List<ResourceChanged>> {

	private final Storage storage;

	private final Permissions permissions;

	private final Groups groups;

	public Consequences(Storage storage, Permissions permissions, Groups groups) {
		this.storage = storage;
		this.permissions = permissions;
		this.groups = groups;
	}

	@Override
	public void accept(List<ResourceChanged> changes) {
		changes.forEach(this::apply);
	}

	private void apply(ResourceChanged change) {
		switch (change.resourceName()) {
			case BucketResource.NAME, CollectionResource.NAME -> removeBelow(change);
			case GroupResource.NAME -> updateMembers(change);
			default -> {
			}
		}
	}

	private void removeBelow(ResourceChanged change) {
		if (change.action() == Action.DELETE) {
			this.storage.removeBelow(change.uri());
			if (change.resourceName().equals(BucketResource.NAME)) {
				this.permissions.remove(change.uri());
			}
			this.permissions.removeBelow(change.uri());
			this.groups.removeBelow(change.uri());
		}
	}

	private void updateMembers(ResourceChanged change) {
		if (change.action() == Action.DELETE) {
			this.groups.remove(change.uri());
			return;
		}
		JsonNode members = change.object().path(GroupResource.MEMBERS);
		this.groups.put(change.uri(), members.valueStream().map(JsonNode::asString).toList());
	}

}
