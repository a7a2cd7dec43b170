package io.kintospring.boot.initialization;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.kintospring.KintoGroup;
import io.kintospring.KintoPermissions;
import org.jspecify.annotations.Nullable;

/**
 * Immutable definition of the buckets, groups, collections and records that an
 * application requires. Each method returns a new instance.
 * <p>
 * Data consists of the types of JSON: maps with text keys, lists, text, numbers, booleans
 * and {@code null}. The fields {@code id} and {@code last_modified}, which the server
 * assigns, are ignored.
 *
 * <pre class="code">
 * KintoDefinition.of()
 * 	.bucket("blog", (blog) -&gt; blog
 * 		.group("editors", (group) -&gt; group.members("account:ann"))
 * 		.collection("posts", (posts) -&gt; posts
 * 			.permissions((p) -&gt; p.read("system.Everyone"))
 * 			.record("welcome", Map.of("title", "Welcome"))));
 * </pre>
 *
 * @param source describes where the definition comes from, for messages
 * @param buckets the buckets by id
 * @see KintoInitializer
 */
public record KintoDefinition(String source, Map<String, Bucket> buckets) {

	private static final Set<String> READ_AND_WRITE = Set.of("read", "write");

	/**
	 * Create a definition.
	 * @param source describes where the definition comes from, for messages
	 * @param buckets the buckets by id
	 */
	public KintoDefinition {
		buckets = Collections.unmodifiableMap(new LinkedHashMap<>(buckets));
	}

	/**
	 * Create a definition without buckets.
	 * @return the empty definition
	 */
	public static KintoDefinition of() {
		return new KintoDefinition("KintoDefinition", Map.of());
	}

	/**
	 * Set the description of where the definition comes from.
	 * @param source the description, such as the name of a file
	 * @return a new definition with this source
	 */
	public KintoDefinition source(String source) {
		return new KintoDefinition(source, this.buckets);
	}

	/**
	 * Add a bucket, or change the bucket that is defined already.
	 * @param id the id
	 * @param bucket a function that adds to the bucket
	 * @return a new definition with this bucket
	 */
	public KintoDefinition bucket(String id, UnaryOperator<Bucket> bucket) {
		return new KintoDefinition(this.source,
				with(this.buckets, id, bucket, new Bucket(Map.of(), KintoPermissions.none(), Map.of(), Map.of())));
	}

	private static <T> Map<String, T> with(Map<String, T> objects, String id, UnaryOperator<T> change, T empty) {
		Map<String, T> copy = new LinkedHashMap<>(objects);
		copy.put(id, change.apply(objects.getOrDefault(id, empty)));
		return copy;
	}

	private static Map<String, @Nullable Object> with(Map<String, @Nullable Object> data,
			Map<String, ? extends @Nullable Object> more) {
		Map<String, @Nullable Object> copy = new LinkedHashMap<>(data);
		copy.putAll(more);
		return copy;
	}

	private static void requireKnown(KintoPermissions permissions, Set<String> known) {
		for (String permission : permissions.asMap().keySet()) {
			if (!known.contains(permission)) {
				throw new IllegalArgumentException(
						"'" + permission + "' is not a permission of this object: use one of " + sorted(known));
			}
		}
	}

	static String sorted(Set<String> names) {
		return String.join(", ", names.stream().sorted().toList());
	}

	/**
	 * Return a description without data, which can be secret.
	 */
	@Override
	public String toString() {
		return "KintoDefinition[source=" + this.source + ", buckets=" + this.buckets.keySet() + "]";
	}

	/**
	 * Definition of a bucket.
	 *
	 * @param data the attributes
	 * @param permissions the permissions
	 * @param groups the groups by id
	 * @param collections the collections by id
	 */
	public record Bucket(Map<String, @Nullable Object> data, KintoPermissions permissions, Map<String, Group> groups,
			Map<String, Collection> collections) {

		private static final Set<String> PERMISSIONS = Set.of("read", "write", "group:create", "collection:create");

		/**
		 * Create a bucket.
		 * @param data the attributes
		 * @param permissions the permissions
		 * @param groups the groups by id
		 * @param collections the collections by id
		 * @throws IllegalArgumentException if a value is not of a type of JSON, or a
		 * permission is unknown
		 */
		public Bucket {
			data = JsonData.copy(data);
			requireKnown(permissions, PERMISSIONS);
			groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
			collections = Collections.unmodifiableMap(new LinkedHashMap<>(collections));
		}

		/**
		 * Add attributes.
		 * @param data the attributes
		 * @return a new bucket with these attributes
		 */
		public Bucket data(Map<String, ? extends @Nullable Object> data) {
			return new Bucket(with(this.data, data), this.permissions, this.groups, this.collections);
		}

		/**
		 * Add permissions.
		 * @param permissions a function that adds principals
		 * @return a new bucket with these permissions
		 */
		public Bucket permissions(UnaryOperator<KintoPermissions> permissions) {
			return new Bucket(this.data, permissions.apply(this.permissions), this.groups, this.collections);
		}

		/**
		 * Add a group, or change the group that is defined already.
		 * @param id the id
		 * @param group a function that adds to the group
		 * @return a new bucket with this group
		 */
		public Bucket group(String id, UnaryOperator<Group> group) {
			return new Bucket(this.data, this.permissions,
					with(this.groups, id, group, new Group(Map.of(), KintoPermissions.none())), this.collections);
		}

		/**
		 * Add a collection, or change the collection that is defined already.
		 * @param id the id
		 * @param collection a function that adds to the collection
		 * @return a new bucket with this collection
		 */
		public Bucket collection(String id, UnaryOperator<Collection> collection) {
			return new Bucket(this.data, this.permissions, this.groups, with(this.collections, id, collection,
					new Collection(Map.of(), KintoPermissions.none(), Map.of())));
		}

		/**
		 * Return a description without data, which can be secret.
		 */
		@Override
		public String toString() {
			return "Bucket[fields=" + this.data.keySet() + ", groups=" + this.groups.keySet() + ", collections="
					+ this.collections.keySet() + "]";
		}

	}

	/**
	 * Definition of a group.
	 *
	 * @param data the attributes, including {@code members}
	 * @param permissions the permissions
	 */
	public record Group(Map<String, @Nullable Object> data, KintoPermissions permissions) {

		static final String MEMBERS = "members";

		/**
		 * Create a group.
		 * @param data the attributes, including {@code members}
		 * @param permissions the permissions
		 * @throws IllegalArgumentException if a value is not of a type of JSON, a member
		 * cannot be in a group, or a permission is unknown
		 */
		public Group {
			data = JsonData.copy(data);
			requireKnown(permissions, READ_AND_WRITE);
			new KintoGroup(members(data), null);
		}

		static List<String> members(Map<String, @Nullable Object> data) {
			Object members = data.getOrDefault(MEMBERS, List.of());
			if (!(members instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
				throw new IllegalArgumentException("members must be a list of user ids, such as account:ann");
			}
			return list.stream().map(String.class::cast).distinct().toList();
		}

		/**
		 * Add members.
		 * @param members the user ids, such as {@code account:ann}
		 * @return a new group with these members
		 */
		public Group members(String... members) {
			return data(Map.of(MEMBERS, KintoGroup.of(members).withMembers(members(this.data)).members()));
		}

		/**
		 * Add attributes.
		 * @param data the attributes
		 * @return a new group with these attributes
		 */
		public Group data(Map<String, ? extends @Nullable Object> data) {
			return new Group(with(this.data, data), this.permissions);
		}

		/**
		 * Add permissions.
		 * @param permissions a function that adds principals
		 * @return a new group with these permissions
		 */
		public Group permissions(UnaryOperator<KintoPermissions> permissions) {
			return new Group(this.data, permissions.apply(this.permissions));
		}

		/**
		 * Return a description without data, which can be secret.
		 */
		@Override
		public String toString() {
			return "Group[fields=" + this.data.keySet() + "]";
		}

	}

	/**
	 * Definition of a collection.
	 *
	 * @param data the attributes, such as {@code schema}
	 * @param permissions the permissions
	 * @param records the records by id
	 */
	public record Collection(Map<String, @Nullable Object> data, KintoPermissions permissions,
			Map<String, Record> records) {

		private static final Set<String> PERMISSIONS = Set.of("read", "write", "record:create");

		/**
		 * Create a collection.
		 * @param data the attributes, such as {@code schema}
		 * @param permissions the permissions
		 * @param records the records by id
		 * @throws IllegalArgumentException if a value is not of a type of JSON, or a
		 * permission is unknown
		 */
		public Collection {
			data = JsonData.copy(data);
			requireKnown(permissions, PERMISSIONS);
			records = Collections.unmodifiableMap(new LinkedHashMap<>(records));
		}

		/**
		 * Add attributes.
		 * @param data the attributes, such as {@code schema}
		 * @return a new collection with these attributes
		 */
		public Collection data(Map<String, ? extends @Nullable Object> data) {
			return new Collection(with(this.data, data), this.permissions, this.records);
		}

		/**
		 * Add permissions.
		 * @param permissions a function that adds principals
		 * @return a new collection with these permissions
		 */
		public Collection permissions(UnaryOperator<KintoPermissions> permissions) {
			return new Collection(this.data, permissions.apply(this.permissions), this.records);
		}

		/**
		 * Add a record, or add fields to the record that is defined already.
		 * @param id the id
		 * @param data the fields
		 * @return a new collection with this record
		 */
		public Collection record(String id, Map<String, ? extends @Nullable Object> data) {
			return record(id, (record) -> record.data(data));
		}

		/**
		 * Add a record, or change the record that is defined already.
		 * @param id the id
		 * @param record a function that adds to the record
		 * @return a new collection with this record
		 */
		public Collection record(String id, UnaryOperator<Record> record) {
			return new Collection(this.data, this.permissions,
					with(this.records, id, record, new Record(Map.of(), KintoPermissions.none())));
		}

		/**
		 * Return a description without data, which can be secret.
		 */
		@Override
		public String toString() {
			return "Collection[fields=" + this.data.keySet() + ", records=" + this.records.keySet() + "]";
		}

	}

	/**
	 * Definition of a record.
	 *
	 * @param data the fields
	 * @param permissions the permissions
	 */
	public record Record(Map<String, @Nullable Object> data, KintoPermissions permissions) {

		/**
		 * Create a record.
		 * @param data the fields
		 * @param permissions the permissions
		 * @throws IllegalArgumentException if a value is not of a type of JSON, or a
		 * permission is unknown
		 */
		public Record {
			data = JsonData.copy(data);
			requireKnown(permissions, READ_AND_WRITE);
		}

		/**
		 * Add fields.
		 * @param data the fields
		 * @return a new record with these fields
		 */
		public Record data(Map<String, ? extends @Nullable Object> data) {
			return new Record(with(this.data, data), this.permissions);
		}

		/**
		 * Add permissions.
		 * @param permissions a function that adds principals
		 * @return a new record with these permissions
		 */
		public Record permissions(UnaryOperator<KintoPermissions> permissions) {
			return new Record(this.data, permissions.apply(this.permissions));
		}

		/**
		 * Return a description without data, which can be secret.
		 */
		@Override
		public String toString() {
			return "Record[fields=" + this.data.keySet() + "]";
		}

	}

}
