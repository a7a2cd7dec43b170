package io.kintospring.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.ser.BeanPropertyWriter;

/**
 * Writes values like those of a property, with its annotations and serializers. Values of
 * other types are written without them.
 */
final class PropertyValueWriter extends BeanPropertyWriter {

	PropertyValueWriter(BeanPropertyWriter property) {
		super(property);
	}

	void write(@Nullable Object value, JsonGenerator generator, SerializationContext context) {
		if (value == null && this._nullSerializer != null) {
			this._nullSerializer.serialize(null, generator, context);
			return;
		}
		Object converted = PropertyTypes.convert(value, getType());
		if (converted == null) {
			context.writeValue(generator, value);
		}
		else {
			writeConverted(converted, generator, context);
		}
	}

	/**
	 * Write elements of the property as a list.
	 */
	void writeElements(Collection<? extends @Nullable Object> values, JsonGenerator generator,
			SerializationContext context) {
		Object container = PropertyTypes.container(values, getType());
		if (container != null) {
			writeConverted(container, generator, context);
			return;
		}
		List<@Nullable Object> elements = new ArrayList<>(values);
		generator.writeStartArray(elements, elements.size());
		elements.forEach((element) -> context.writeValue(generator, element));
		generator.writeEndArray();
	}

	private void writeConverted(Object value, JsonGenerator generator, SerializationContext context) {
		ValueSerializer<Object> serializer = (this._serializer != null) ? this._serializer
				: serializer(value.getClass(), context);
		if (this._typeSerializer == null) {
			serializer.serialize(value, generator, context);
		}
		else {
			serializer.serializeWithType(value, generator, context, this._typeSerializer);
		}
	}

	private ValueSerializer<Object> serializer(Class<?> type, SerializationContext context) {
		ValueSerializer<Object> serializer = this._dynamicSerializers.serializerFor(type);
		return (serializer != null) ? serializer : _findAndAddDynamic(this._dynamicSerializers, type, context);
	}

}
