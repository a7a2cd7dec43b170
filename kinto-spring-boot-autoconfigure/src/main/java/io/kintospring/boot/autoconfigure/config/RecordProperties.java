package io.kintospring.boot.autoconfigure.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.kintospring.KintoObject;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.util.StringUtils;

/**
 * Properties of records. Names and values are those that Spring Boot reads from the same
 * JSON in a YAML file.
 */
final class RecordProperties {

	/** Fields of a record that Kinto sets. */
	private static final Set<String> SERVER_FIELDS = Set.of("id", "last_modified", "schema");

	private final KintoConfigDataResource resource;

	private final Map<String, OriginTrackedValue> properties = new LinkedHashMap<>();

	RecordProperties(KintoConfigDataResource resource) {
		this.resource = resource;
	}

	/**
	 * Add the fields of a record. If the resource is a collection, the id of the record
	 * is the first segment of their names.
	 */
	void add(KintoObject<Map<String, Object>> record) {
		Map<String, Object> fields = new LinkedHashMap<>(record.data());
		fields.keySet().removeAll(SERVER_FIELDS);
		addAll((this.resource.record() != null) ? "" : record.id(), fields,
				new RecordOrigin(this.resource, record.id()));
	}

	Map<String, OriginTrackedValue> asMap() {
		return this.properties;
	}

	private void addAll(String path, Map<?, ?> fields, RecordOrigin origin) {
		fields.forEach((field, value) -> {
			String name = field.toString();
			if (!StringUtils.hasText(name)) {
				throw origin.unusable("it has a field with a blank name");
			}
			add((path.isEmpty() || name.startsWith("[")) ? path + name : path + "." + name, value, origin);
		});
	}

	private void add(String name, @Nullable Object value, RecordOrigin origin) {
		if (value instanceof Map<?, ?> fields && !fields.isEmpty()) {
			addAll(name, fields, origin);
		}
		else if (value instanceof Collection<?> elements && !elements.isEmpty()) {
			int index = 0;
			for (Object element : elements) {
				add(name + "[" + index++ + "]", element, origin);
			}
		}
		else if (this.properties.put(name, OriginTrackedValue.of(scalar(value), origin)) != null) {
			throw origin.unusable("several of its fields have the property name '" + name + "'");
		}
	}

	private static Object scalar(@Nullable Object value) {
		return (value == null || value instanceof Map || value instanceof Collection) ? "" : value;
	}

	/**
	 * Origin that names the record of a property.
	 */
	private record RecordOrigin(KintoConfigDataResource resource, String id) implements Origin {

		KintoConfigDataException unusable(String reason) {
			return KintoConfigDataException.unusableData(toString(), this.resource.connection().server(), reason);
		}

		@Override
		public String toString() {
			return "record '" + this.id + "' of the collection '" + this.resource.collection() + "' in the bucket '"
					+ this.resource.bucket() + "'";
		}

	}

}
