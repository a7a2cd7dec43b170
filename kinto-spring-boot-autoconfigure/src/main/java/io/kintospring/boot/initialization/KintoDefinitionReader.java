package io.kintospring.boot.initialization;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import io.kintospring.KintoPermissions;
import io.kintospring.boot.initialization.KintoDefinition.Bucket;
import io.kintospring.boot.initialization.KintoDefinition.Collection;
import io.kintospring.boot.initialization.KintoDefinition.Group;
import io.kintospring.boot.initialization.KintoDefinition.Record;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;
import org.springframework.util.ClassUtils;

/**
 * Reader of a {@link KintoDefinition} in a YAML file in the format of kinto-wizard.
 * SnakeYAML must be on the class path.
 *
 * @see <a href="https://github.com/Kinto/kinto-wizard">kinto-wizard</a>
 */
public final class KintoDefinitionReader {

	private static final String YAML = "org.yaml.snakeyaml.Yaml";

	private static final String BUCKETS = "buckets";

	private static final String GROUPS = "groups";

	private static final String COLLECTIONS = "collections";

	private static final String RECORDS = "records";

	private static final String DATA = "data";

	private static final String PERMISSIONS = "permissions";

	private final String source;

	private KintoDefinitionReader(String source) {
		this.source = source;
	}

	/**
	 * Read a file. Keys next to {@code buckets} are ignored, so that they can define
	 * anchors.
	 * @param file the file
	 * @return the definition
	 * @throws InvalidKintoDefinitionException if the file cannot be read, is malformed,
	 * or does not have the expected structure
	 */
	public static KintoDefinition read(Resource file) {
		return new KintoDefinitionReader(file.getDescription()).definition(file);
	}

	private KintoDefinition definition(Resource file) {
		if (!ClassUtils.isPresent(YAML, getClass().getClassLoader())) {
			throw invalid("SnakeYAML is required to read this file: add the dependency org.yaml:snakeyaml");
		}
		try (InputStream stream = file.getInputStream()) {
			return definition(YamlDocument.read(this.source, stream));
		}
		catch (IOException ex) {
			throw invalid("the file cannot be read: " + ex.getMessage());
		}
	}

	private KintoDefinition definition(@Nullable Object document) {
		Map<String, @Nullable Object> map = map(document, "the file");
		if (map.containsKey("accounts")) {
			throw invalid("accounts are not supported: create them with KintoTemplate.createAccount");
		}
		if (!map.isEmpty() && !map.containsKey(BUCKETS)) {
			throw invalid("the key 'buckets' is missing, but there are " + KintoDefinition.sorted(map.keySet()));
		}
		return new KintoDefinition(this.source, objects(map, BUCKETS, "", this::bucket));
	}

	private Bucket bucket(@Nullable Object value, String path) {
		Map<String, @Nullable Object> map = map(value, path, Set.of(DATA, PERMISSIONS, GROUPS, COLLECTIONS));
		Map<String, @Nullable Object> data = data(map, path);
		KintoPermissions permissions = permissions(map, path);
		Map<String, Group> groups = objects(map, GROUPS, path + ".", this::group);
		Map<String, Collection> collections = objects(map, COLLECTIONS, path + ".", this::collection);
		return valid(path, () -> new Bucket(data, permissions, groups, collections));
	}

	private Group group(@Nullable Object value, String path) {
		Map<String, @Nullable Object> map = map(value, path, Set.of(DATA, PERMISSIONS));
		Map<String, @Nullable Object> data = data(map, path);
		KintoPermissions permissions = permissions(map, path);
		return valid(path, () -> new Group(data, permissions));
	}

	private Collection collection(@Nullable Object value, String path) {
		Map<String, @Nullable Object> map = map(value, path, Set.of(DATA, PERMISSIONS, RECORDS));
		Map<String, @Nullable Object> data = data(map, path);
		KintoPermissions permissions = permissions(map, path);
		Map<String, Record> records = objects(map, RECORDS, path + ".", this::record);
		return valid(path, () -> new Collection(data, permissions, records));
	}

	private Record record(@Nullable Object value, String path) {
		Map<String, @Nullable Object> map = map(value, path, Set.of(DATA, PERMISSIONS));
		Map<String, @Nullable Object> data = data(map, path);
		KintoPermissions permissions = permissions(map, path);
		return valid(path, () -> new Record(data, permissions));
	}

	private Map<String, @Nullable Object> data(Map<String, @Nullable Object> parent, String prefix) {
		return map(parent.get(DATA), prefix + "." + DATA);
	}

	private <T> Map<String, T> objects(Map<String, @Nullable Object> parent, String key, String prefix,
			BiFunction<@Nullable Object, String, T> reader) {
		Map<String, T> objects = new LinkedHashMap<>();
		String path = prefix + key;
		map(parent.get(key), path).forEach((id, value) -> objects.put(id, reader.apply(value, path + "." + id)));
		return objects;
	}

	private KintoPermissions permissions(Map<String, @Nullable Object> parent, String prefix) {
		String path = prefix + "." + PERMISSIONS;
		Map<String, Set<String>> permissions = new LinkedHashMap<>();
		map(parent.get(PERMISSIONS), path).forEach((permission, principals) -> permissions.put(permission,
				principals(principals, path + "." + permission)));
		return valid(path, () -> KintoPermissions.of(permissions));
	}

	private Set<String> principals(@Nullable Object value, String path) {
		if (value == null) {
			return Set.of();
		}
		if (!(value instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
			throw invalid(path + " must be a list of principals, such as system.Everyone or account:ann");
		}
		Set<String> principals = new LinkedHashSet<>();
		list.forEach((principal) -> principals.add((String) principal));
		return principals;
	}

	private Map<String, @Nullable Object> map(@Nullable Object value, String path, Set<String> known) {
		Map<String, @Nullable Object> map = map(value, path);
		for (String key : map.keySet()) {
			if (!known.contains(key)) {
				throw invalid(
						path + " has the unknown key '" + key + "'; known keys are " + KintoDefinition.sorted(known));
			}
		}
		return map;
	}

	private Map<String, @Nullable Object> map(@Nullable Object value, String path) {
		if (value == null) {
			return Map.of();
		}
		if (!(value instanceof Map<?, ?> map)) {
			throw invalid(
					path + " must be a map, but is " + ((value instanceof List<?>) ? "a list" : "a single value"));
		}
		Map<String, @Nullable Object> copy = new LinkedHashMap<>();
		map.forEach((key, element) -> copy.put(String.valueOf(key), element));
		return copy;
	}

	private <R> R valid(String path, Supplier<R> use) {
		try {
			return use.get();
		}
		catch (IllegalArgumentException ex) {
			throw invalid(path + ": " + ex.getMessage());
		}
	}

	private InvalidKintoDefinitionException invalid(String problem) {
		return new InvalidKintoDefinitionException(this.source, problem);
	}

}
