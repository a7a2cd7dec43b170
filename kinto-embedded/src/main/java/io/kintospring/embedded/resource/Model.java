package io.kintospring.embedded.resource;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.kintospring.embedded.permission.Permissions;
import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.request.ErrorDetail;
import io.kintospring.embedded.request.Json;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.request.KintoObject;
import io.kintospring.embedded.storage.Fields;
import io.kintospring.embedded.storage.Filter;
import io.kintospring.embedded.storage.ListUri;
import io.kintospring.embedded.storage.ObjectUri;
import io.kintospring.embedded.storage.Selection;
import io.kintospring.embedded.storage.Storage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Objects with their permissions.
 */
public final class Model {

	private static final String WRITE = "write";

	private final Storage storage;

	private final Permissions permissions;

	private final Changes changes;

	public Model(Storage storage, Permissions permissions, Changes changes) {
		this.storage = storage;
		this.permissions = permissions;
		this.changes = changes;
	}

	public long timestamp(ListUri list) {
		return this.storage.timestamp(list);
	}

	public List<ObjectNode> select(ListUri list, Selection selection) {
		return this.storage.select(list, selection);
	}

	public long count(ListUri list, List<Filter> filters) {
		return this.storage.count(list, filters);
	}

	/**
	 * Find an object.
	 * @param resource the resource of the object
	 * @param uri the URI of the object
	 * @param reader the principals of the user
	 * @return the object, with its permissions if the user or the owner that the user
	 * stands for can write it; {@code null} if it does not exist
	 */
	public @Nullable KintoObject find(Resource resource, ObjectUri uri, Principals reader) {
		ObjectNode data = this.storage.find(uri);
		return (data != null) ? annotate(resource, uri, data, reader) : null;
	}

	/**
	 * Store an object, and grant its owner the write permission.
	 * @param resource the resource of the object
	 * @param draft the object; its {@code last_modified} is ignored if it is not an
	 * integer, or not later than that of the existing object and not 0
	 * @param existing the existing object, or {@code null}
	 * @param granted the permissions to replace
	 * @return the stored object
	 * @throws KintoError if the object is invalid
	 */
	public KintoObject save(Resource resource, Draft draft, @Nullable KintoObject existing,
			Map<String, Set<String>> granted) {
		ObjectNode stored = store(resource, draft, existing, granted);
		this.permissions.grant(draft.uri(), WRITE, resource.owner(draft.uri(), draft.principals()));
		Action action = (existing != null) ? Action.UPDATE : Action.CREATE;
		this.changes.add(new ResourceChanged(action, draft.uri(), stored, draft.principals(), draft.named()));
		return new KintoObject(stored, this.permissions.of(draft.uri()));
	}

	/**
	 * Store an object of the initial data.
	 * @param resource the resource of the object
	 * @param draft the object
	 * @param granted the permissions on the object
	 * @throws KintoError if the object is invalid
	 */
	void load(Resource resource, Draft draft, Map<String, Set<String>> granted) {
		ObjectNode stored = store(resource, draft, null, granted);
		String owner = resource.initialOwner(draft.uri());
		if (owner != null) {
			this.permissions.grant(draft.uri(), WRITE, owner);
		}
		this.changes.add(new ResourceChanged(Action.CREATE, draft.uri(), stored, draft.principals(), draft.named()));
		this.changes.publish();
	}

	/**
	 * Store an object that has only an id, without validation, unless it exists.
	 * @param uri the URI of the object
	 * @param principals the principals of the user
	 */
	public void createIfMissing(ObjectUri uri, Principals principals) {
		if (this.storage.find(uri) != null) {
			return;
		}
		this.storage.refresh(uri);
		if (this.storage.find(uri) == null) {
			ObjectNode stored = this.storage.put(uri, Json.object());
			this.permissions.grant(uri, WRITE, principals.current());
			this.changes.add(new ResourceChanged(Action.CREATE, uri, stored, principals, true));
		}
	}

	/**
	 * Delete an object that the request names in its path.
	 * @param uri the URI of the object
	 * @param object the object
	 * @param lastModified the time of the tombstone, or {@code null} for the current time
	 * @param principals the principals of the user
	 * @return the tombstone
	 */
	public ObjectNode delete(ObjectUri uri, ObjectNode object, @Nullable Long lastModified, Principals principals) {
		return delete(uri, object, lastModified, principals, true);
	}

	/**
	 * Delete an object as part of a list that the request names in its path.
	 * @param uri the URI of the object
	 * @param object the object
	 * @param principals the principals of the user
	 * @return the tombstone
	 */
	public ObjectNode delete(ObjectUri uri, ObjectNode object, Principals principals) {
		return delete(uri, object, null, principals, false);
	}

	/**
	 * Remove the permissions on all objects of a list, and on those below them.
	 * @param list the list
	 */
	public void removePermissions(ListUri list) {
		this.permissions.removeAll(list);
	}

	/**
	 * Return the version that a request wants for an object. As in Kinto, {@code true}
	 * and {@code false} are 1 and 0.
	 * @param version the version, a number or boolean
	 * @param existing the existing object, or {@code null}
	 * @param invalid creates the detail of an error from its text
	 * @return the version, or {@code null} if it is not later than that of the existing
	 * object and not 0
	 * @throws KintoError if Kinto on PostgreSQL fails to store the version
	 */
	public static @Nullable Long wantedVersion(JsonNode version, @Nullable KintoObject existing,
			Function<String, ErrorDetail> invalid) {
		double number = version.isBoolean() ? (version.asBoolean() ? 1 : 0) : version.asDouble();
		if (existing != null && number != 0 && number <= existing.lastModified()) {
			return null;
		}
		if (!Fields.isTime(version)) {
			throw KintoError.invalid(invalid.apply("Should be a time in milliseconds from the year 1 to 9999"));
		}
		return version.asLong();
	}

	private ObjectNode delete(ObjectUri uri, ObjectNode object, @Nullable Long lastModified, Principals principals,
			boolean named) {
		ObjectNode tombstone = this.storage.delete(uri.list(), object, lastModified);
		if (tombstone == null) {
			throw KintoError.unknownObject(uri);
		}
		this.permissions.remove(uri);
		this.changes.add(new ResourceChanged(Action.DELETE, uri, tombstone, principals, named));
		return tombstone;
	}

	private ObjectNode store(Resource resource, Draft draft, @Nullable KintoObject existing,
			Map<String, Set<String>> granted) {
		resource.process(draft);
		ObjectNode data = draft.data();
		JsonNode version = data.path(Fields.LAST_MODIFIED);
		boolean number = version.isIntegralNumber() || version.isBoolean();
		boolean ignored = !number || wantedVersion(version, existing, Model::invalidVersion) == null;
		if (ignored && !version.isMissingNode()) {
			data = data.deepCopy().without(Fields.LAST_MODIFIED);
		}
		ObjectNode stored = this.storage.put(draft.uri(), data);
		this.permissions.replace(draft.uri(), granted);
		return stored;
	}

	private KintoObject annotate(Resource resource, ObjectUri uri, ObjectNode data, Principals reader) {
		Map<String, Set<String>> all = this.permissions.of(uri);
		Set<String> writers = all.getOrDefault(WRITE, Set.of());
		boolean writer = reader.among(writers) || writers.contains(resource.owner(uri, reader));
		return new KintoObject(data, writer ? all : Map.of());
	}

	private static ErrorDetail invalidVersion(String text) {
		return ErrorDetail.body("data." + Fields.LAST_MODIFIED, text);
	}

}
