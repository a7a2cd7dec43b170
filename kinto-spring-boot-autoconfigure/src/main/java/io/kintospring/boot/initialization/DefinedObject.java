package io.kintospring.boot.initialization;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import io.kintospring.KintoException;
import io.kintospring.KintoGroup;
import io.kintospring.KintoObject;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoWriteOptions;
import io.kintospring.boot.initialization.KintoDefinition.Group;
import io.kintospring.protocol.BucketCalls;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.ObjectCalls;
import org.jspecify.annotations.Nullable;

/**
 * Object of a definition, with the calls that read and write it.
 *
 * @param <T> the type of the object's data in the client
 */
final class DefinedObject<T> {

	private static final String ID = "id";

	private static final String LAST_MODIFIED = "last_modified";

	private static final String WRITE = "write";

	private final String source;

	private final String parent;

	private final String path;

	private final ObjectCalls<T> calls;

	private final String id;

	private final Map<String, @Nullable Object> data;

	private final KintoPermissions permissions;

	private final Function<Map<String, @Nullable Object>, T> writer;

	private final Function<T, Map<String, ? extends @Nullable Object>> reader;

	private final KintoCall<KintoObject<T>> read;

	private DefinedObject(String source, String parent, String list, String id, ObjectCalls<T> calls,
			Map<String, @Nullable Object> data, KintoPermissions permissions,
			Function<Map<String, @Nullable Object>, T> writer,
			Function<T, Map<String, ? extends @Nullable Object>> reader) {
		this.source = source;
		this.parent = parent;
		this.path = parent + "/" + list + "/" + id;
		this.calls = calls;
		this.id = id;
		this.data = withoutServerFields(data);
		this.permissions = permissions;
		this.writer = writer;
		this.reader = reader;
		this.read = valid(source, this.path, () -> calls.get(id));
	}

	private static DefinedObject<Map<String, Object>> of(String source, String parent, String list, String id,
			ObjectCalls<Map<String, Object>> calls, Map<String, @Nullable Object> data, KintoPermissions permissions) {
		return new DefinedObject<>(source, parent, list, id, calls, data, permissions, DefinedObject::inClient,
				(existing) -> existing);
	}

	/**
	 * Return the objects of a definition by level: buckets, then groups and collections,
	 * then records.
	 * @param definition the definition
	 * @param calls the calls
	 * @return the levels
	 * @throws InvalidKintoDefinitionException if an object is invalid
	 */
	static List<List<DefinedObject<?>>> levels(KintoDefinition definition, KintoCalls calls) {
		String source = definition.source();
		List<DefinedObject<?>> buckets = new ArrayList<>();
		List<DefinedObject<?>> members = new ArrayList<>();
		List<DefinedObject<?>> records = new ArrayList<>();
		definition.buckets().forEach((id, bucket) -> {
			DefinedObject<?> object = of(source, "", "buckets", id, calls.buckets(), bucket.data(),
					bucket.permissions());
			buckets.add(object);
			BucketCalls inBucket = calls.bucket(id);
			bucket.groups()
				.forEach((groupId,
						group) -> members.add(new DefinedObject<>(source, object.path, "groups", groupId,
								inBucket.groups(), group.data(), group.permissions(), DefinedObject::group,
								DefinedObject::attributes)));
			bucket.collections().forEach((collectionId, collection) -> {
				DefinedObject<?> parent = of(source, object.path, "collections", collectionId, inBucket.collections(),
						collection.data(), collection.permissions());
				members.add(parent);
				collection.records()
					.forEach((recordId, record) -> records
						.add(of(source, parent.path, "records", recordId, inBucket.collection(collectionId),
								withoutSchemaVersion(record.data()), record.permissions())));
			});
		});
		return List.of(buckets, members, records);
	}

	private static <R> R valid(String source, String path, Supplier<R> use) {
		try {
			return use.get();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidKintoDefinitionException(source, inDefinition(path) + ": " + ex.getMessage());
		}
	}

	private static String inDefinition(String path) {
		return path.substring(1).replace('/', '.');
	}

	/**
	 * Remove what the server assigns. Exports of a server contain it.
	 */
	private Map<String, @Nullable Object> withoutServerFields(Map<String, @Nullable Object> all) {
		Object ownId = all.get(ID);
		if (ownId != null && !ownId.equals(this.id)) {
			throw new InvalidKintoDefinitionException(this.source,
					inDefinition(this.path) + ": the id in data is another one");
		}
		return without(without(all, ID), LAST_MODIFIED);
	}

	/**
	 * Remove the version of the schema, which Kinto stores in records that it validates.
	 */
	private static Map<String, @Nullable Object> withoutSchemaVersion(Map<String, @Nullable Object> record) {
		return (record.get("schema") instanceof Number) ? without(record, "schema") : record;
	}

	private static Map<String, @Nullable Object> without(Map<String, @Nullable Object> data, String field) {
		Map<String, @Nullable Object> copy = new LinkedHashMap<>(data);
		copy.remove(field);
		return copy;
	}

	/**
	 * The client declares maps without null values, but writes them.
	 */
	@SuppressWarnings("NullAway")
	private static Map<String, Object> inClient(Map<String, @Nullable Object> data) {
		return data;
	}

	private static KintoGroup group(Map<String, @Nullable Object> data) {
		return new KintoGroup(Group.members(data), inClient(without(data, Group.MEMBERS)));
	}

	private static Map<String, Object> attributes(KintoGroup group) {
		Map<String, Object> attributes = new LinkedHashMap<>(group.attributes());
		attributes.put(Group.MEMBERS, group.members());
		return attributes;
	}

	String path() {
		return this.path;
	}

	String parent() {
		return this.parent;
	}

	KintoInitializationException failed(KintoException failure) {
		return new KintoInitializationException(this.source, inDefinition(this.path), failure);
	}

	KintoCall<KintoObject<T>> read() {
		return this.read;
	}

	/**
	 * Return the write that creates the object, if it still does not exist then.
	 */
	Write create() {
		return new Write(this, new KintoChange(this.path, true, names(this.data, this.permissions)),
				valid(this.source, this.path, () -> this.calls.create(this.id, this.writer.apply(this.data),
						(options) -> permissions(options.safe(true), this.permissions))));
	}

	/**
	 * Return the write that changes the object if it still has the version that was read,
	 * or {@code null} if it is as defined.
	 * @param existing the object that was read
	 * @param user the current user to replace principals, or {@code null} to add them
	 */
	@SuppressWarnings("unchecked")
	@Nullable Write change(KintoObject<?> existing, @Nullable String user) {
		Map<String, @Nullable Object> fields = changedData(this.reader.apply((T) existing.data()), user != null);
		KintoPermissions changed = changedPermissions(existing.permissions(), user);
		if (fields.isEmpty() && changed.asMap().isEmpty()) {
			return null;
		}
		return new Write(this, new KintoChange(this.path, false, names(fields, changed)),
				valid(this.source, this.path, () -> this.calls.patch(this.id, fields,
						(options) -> permissions(options.safe(true).lastModified(existing.lastModified()), changed))));
	}

	private static List<String> names(Map<String, ?> data, KintoPermissions permissions) {
		List<String> names = new ArrayList<>(data.keySet());
		permissions.asMap().keySet().forEach((permission) -> names.add("permissions." + permission));
		return names;
	}

	private static KintoWriteOptions permissions(KintoWriteOptions options, KintoPermissions permissions) {
		return permissions.asMap().isEmpty() ? options : options.permissions(permissions);
	}

	private Map<String, @Nullable Object> changedData(Map<String, ? extends @Nullable Object> existing,
			boolean replace) {
		Map<String, @Nullable Object> changed = new LinkedHashMap<>();
		this.data.forEach((name, value) -> {
			if (existing.get(name) instanceof List<?> members && isMembers(name)) {
				Set<Object> wanted = wanted(members, Group.members(this.data), replace);
				if (!wanted.equals(new HashSet<>(members))) {
					changed.put(name, List.copyOf(wanted));
				}
			}
			else if (!existing.containsKey(name) || !JsonData.isSame(existing.get(name), value)) {
				changed.put(name, value);
			}
		});
		return changed;
	}

	private boolean isMembers(String name) {
		return name.equals(Group.MEMBERS) && this.path.startsWith(this.parent + "/groups/");
	}

	/**
	 * Return the permissions to write. Kinto always adds the current user to those that
	 * can write.
	 */
	private KintoPermissions changedPermissions(KintoPermissions existing, @Nullable String user) {
		KintoPermissions changed = KintoPermissions.none();
		for (Map.Entry<String, Set<String>> permission : this.permissions.asMap().entrySet()) {
			Set<String> principals = existing.principals(permission.getKey());
			Set<String> wanted = wanted(principals, permission.getValue(), user != null);
			if (user != null && permission.getKey().equals(WRITE) && principals.contains(user)) {
				wanted.add(user);
			}
			if (!wanted.equals(principals)) {
				changed = changed.with(permission.getKey(), wanted);
			}
		}
		return changed;
	}

	private static <E> Set<E> wanted(Iterable<? extends E> existing, Iterable<? extends E> defined, boolean replace) {
		Set<E> wanted = new LinkedHashSet<>();
		if (!replace) {
			existing.forEach(wanted::add);
		}
		defined.forEach(wanted::add);
		return wanted;
	}

	/**
	 * Write of an object.
	 *
	 * @param object the object
	 * @param change what changes
	 * @param call the call, with a precondition
	 */
	record Write(DefinedObject<?> object, KintoChange change, KintoCall<?> call) {
	}

}
