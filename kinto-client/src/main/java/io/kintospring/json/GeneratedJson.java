package io.kintospring.json;

import java.util.function.BiConsumer;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

/**
 * Value that a function writes with the generator and the context of an
 * {@code ObjectWriter}.
 */
record GeneratedJson(BiConsumer<JsonGenerator, SerializationContext> content) implements JacksonSerializable {

	@Override
	public void serialize(JsonGenerator generator, SerializationContext context) {
		this.content.accept(generator, context);
	}

	@Override
	public void serializeWithType(JsonGenerator generator, SerializationContext context, TypeSerializer type) {
		serialize(generator, context);
	}

}
