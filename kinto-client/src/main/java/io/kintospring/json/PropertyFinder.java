package io.kintospring.json;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.kintospring.query.KintoField;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import tools.jackson.databind.ser.BeanPropertyWriter;

/**
 * Finds the names and serializers of properties with Jackson.
 */
final class PropertyFinder {

	private final Supplier<JsonMapper> mapper;

	private final Map<KintoField, Property> properties = new ConcurrentHashMap<>();

	PropertyFinder(Supplier<JsonMapper> mapper) {
		this.mapper = mapper;
	}

	/**
	 * Find a field.
	 * @param field the field
	 * @return its name and serializer
	 * @throws IllegalArgumentException if Jackson does not write the property
	 */
	Property find(KintoField field) {
		Class<?> type = field.type();
		return (type == null) ? new Property(field.name(), null)
				: this.properties.computeIfAbsent(field, (key) -> find(type, key.name()));
	}

	private Property find(Class<?> type, String method) {
		Finder finder = new Finder(method);
		try {
			this.mapper.get().acceptJsonFormatVisitor(type, finder);
		}
		catch (JacksonException ex) {
			throw noProperty(type, method, ex);
		}
		if (finder.property == null) {
			throw noProperty(type, method, null);
		}
		return new Property(finder.property.getName(),
				(finder.property instanceof BeanPropertyWriter writer) ? new PropertyValueWriter(writer) : null);
	}

	private static IllegalArgumentException noProperty(Class<?> type, String method, @Nullable Exception cause) {
		return new IllegalArgumentException(type.getName() + "::" + method
				+ " is not a property that Jackson writes: use the name of the field in JSON", cause);
	}

	/**
	 * Field in JSON.
	 *
	 * @param name the name, with dots before nested fields
	 * @param values writes values of the property, or {@code null} if the field is no
	 * property
	 */
	record Property(String name, @Nullable PropertyValueWriter values) {
	}

	private static final class Finder extends JsonFormatVisitorWrapper.Base {

		private final String method;

		private @Nullable BeanProperty property;

		Finder(String method) {
			this.method = method;
		}

		@Override
		public JsonObjectFormatVisitor expectObjectFormat(JavaType type) {
			return new JsonObjectFormatVisitor.Base(getContext()) {

				@Override
				public void property(BeanProperty property) {
					compare(property);
				}

				@Override
				public void optionalProperty(BeanProperty property) {
					compare(property);
				}

			};
		}

		private void compare(BeanProperty candidate) {
			AnnotatedMember member = candidate.getMember();
			if (member != null && (member.getName().equals(this.method) || isGetter(member.getName()))) {
				this.property = candidate;
			}
		}

		/** Jackson may use the field directly, although there is a getter. */
		private boolean isGetter(String field) {
			String rest = Character.toUpperCase(field.charAt(0)) + field.substring(1);
			return this.method.equals("get" + rest) || this.method.equals("is" + rest);
		}

	}

}
