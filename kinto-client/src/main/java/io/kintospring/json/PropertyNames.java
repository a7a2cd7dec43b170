package io.kintospring.json;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.kintospring.KintoField;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;

/**
 * How Jackson names the properties of classes.
 */
final class PropertyNames {

	private final JsonMapper mapper;

	private final Map<KintoField, String> names = new ConcurrentHashMap<>();

	PropertyNames(JsonMapper mapper) {
		this.mapper = mapper;
	}

	String of(KintoField field) {
		Class<?> type = field.type();
		return (type == null) ? field.name() : this.names.computeIfAbsent(field, (key) -> find(type, key.name()));
	}

	private String find(Class<?> type, String method) {
		Finder finder = new Finder(method);
		try {
			this.mapper.acceptJsonFormatVisitor(type, finder);
		}
		catch (JacksonException ex) {
			throw noProperty(type, method, ex);
		}
		if (finder.name == null) {
			throw noProperty(type, method, null);
		}
		return finder.name;
	}

	private static IllegalArgumentException noProperty(Class<?> type, String method, @Nullable Exception cause) {
		return new IllegalArgumentException(
				type.getName() + "::" + method + " is no property that Jackson writes: name the field as it is in JSON",
				cause);
	}

	private static final class Finder extends JsonFormatVisitorWrapper.Base {

		private final String method;

		private @Nullable String name;

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

		private void compare(BeanProperty property) {
			String member = property.getMember().getName();
			boolean same = member.equals(this.method) || isGetter(member);
			if (same) {
				this.name = property.getName();
			}
		}

		/** Where Jackson reads the field itself, the method is its getter. */
		private boolean isGetter(String field) {
			String rest = Character.toUpperCase(field.charAt(0)) + field.substring(1);
			return this.method.equals("get" + rest) || this.method.equals("is" + rest);
		}

	}

}
