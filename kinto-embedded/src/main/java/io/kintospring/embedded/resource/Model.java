package io.kintospring.embedded.resource;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kintospring.embedded.permission.Permissions;
import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.storage.Fields;
import io.kintospring.embedded.storage.Filter;
import io.kintospring.embedded.storage.ListUri;
import io.kintospring.embedded.storage.ObjectUri;
import io.kintospring.embedded.storage.Selection;
import io.kintospring.embedded.storage.Storage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Objects together with the permissions on them.
 */
final class Model {

	private static final String WRITE = "write";

	private final Storage storage;

	private final Permissions permissions;

	private final Changes changes;

	Model(Storage storage, Permissions permissions, Changes changes) {
		this.storage = storage;
		this.permissions = permissions;
		this.changes = changes;
	}

	long timestamp(ListUri list) {
		return this.storage.timestamp(list);
	}

	List<ObjectNode> select(ListUri list, Selection selection) {
		return this.storage.select(list, selection);
	}

	long count(ListUri list, List<Filter> filters) {
		return this.storage.count(list, filters);
	}

	boolean exists(ObjectUri uri) {
		return this.storage.find(uri) != null;
	}

	@Nullable KintoObject find(ObjectUri uri, Principals reader) {
		ObjectNode data = this.storage.find(uri);
		return (data != null) ? annotate(uri, data, reader) : null;
	}

	/**
	 * Stores an object. Its owner may write it from then on.
	 * @param resource what the object is
	 * @param draft the object; its <code>last_modified</code> is taken only if it is
	 * newer than that of the existing one
	 * @param existing the object that is there, if there is one
	 * @param granted the permissions to be replaced
	 * @return the stored object
	 * @throws KintoError if the object can't be stored
	 */
	KintoObject save(Resource resource, Draft draft, @Nullable KintoObject existing, Map<String, Set<String>> granted) {
		ObjectNode stored = store(resource, draft, existing, granted);
		this.permissions.grant(draft.uri(), WRITE, resource.owner(draft.uri(), draft.principals()));
		Action action = (existing != null) ? Action.UPDATE : Action.CREATE;
		this.changes.add(new ResourceChanged(action, draft.uri(), stored, draft.principals(), draft.named()));
		return new KintoObject(stored, this.permissions.of(draft.uri()));
	}

	/**
	 * Stores an object that nobody owns.
	 * @param resource what the object is
	 * @param draft the object
	 * @param granted the permissions on it
	 * @throws KintoError if the object can't be stored
	 */
	void load(Resource resource, Draft draft, Map<String, Set<String>> granted) {
		ObjectNode stored = store(resource, draft, null, granted);
		this.changes.add(new ResourceChanged(Action.CREATE, draft.uri(), stored, draft.principals(), draft.named()));
		this.changes.publish();
	}

	/**
	 * Stores an object that has nothing but an id, whatever is asked of those that
	 * clients store.
	 * @param uri where
	 * @param principals who stores it
	 */
	void create(ObjectUri uri, Principals principals) {
		ObjectNode stored = this.storage.put(uri, Json.object());
		this.permissions.grant(uri, WRITE, principals.current());
		this.changes.add(new ResourceChanged(Action.CREATE, uri, stored, principals, true));
	}

	/**
	 * Deletes an object that the path of the request names.
	 * @param uri where it is
	 * @param object the object
	 * @param lastModified when, or {@code null} for the time of the deletion
	 * @param principals who deletes it
	 * @return the tombstone
	 */
	ObjectNode delete(ObjectUri uri, ObjectNode object, @Nullable Long lastModified, Principals principals) {
		return delete(uri, object, lastModified, principals, true);
	}

	/**
	 * Deletes an object of a list that the path of the request names.
	 * @param uri where it is
	 * @param object the object
	 * @param principals who deletes it
	 * @return the tombstone
	 */
	ObjectNode delete(ObjectUri uri, ObjectNode object, Principals principals) {
		return delete(uri, object, null, principals, false);
	}

	private ObjectNode delete(ObjectUri uri, ObjectNode object, @Nullable Long lastModified, Principals principals,
			boolean named) {
		ObjectNode tombstone = this.storage.delete(uri.list(), object, lastModified);
		this.permissions.remove(uri);
		this.changes.add(new ResourceChanged(Action.DELETE, uri, tombstone, principals, named));
		return tombstone;
	}

	private ObjectNode store(Resource resource, Draft draft, @Nullable KintoObject existing,
			Map<String, Set<String>> granted) {
		resource.process(draft);
		ObjectNode stored = this.storage.put(draft.uri(), withoutOldTimestamp(draft.data(), existing));
		this.permissions.replace(draft.uri(), granted);
		return stored;
	}

	private KintoObject annotate(ObjectUri uri, ObjectNode data, Principals reader) {
		Map<String, Set<String>> all = this.permissions.of(uri);
		boolean writer = reader.among(all.getOrDefault(WRITE, Set.of()));
		return new KintoObject(data, writer ? all : Map.of());
	}

	private static ObjectNode withoutOldTimestamp(ObjectNode data, @Nullable KintoObject existing) {
		Long wanted = Fields.integer(data, Fields.LAST_MODIFIED);
		boolean old = wanted != null && wanted != 0 && existing != null && wanted <= existing.lastModified();
		return (wanted != null && !old) ? data : data.deepCopy().without(Fields.LAST_MODIFIED);
	}

}
