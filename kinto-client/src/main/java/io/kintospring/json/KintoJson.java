package io.kintospring.json;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.kintospring.KintoField;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Jackson as Kinto's protocol needs it: the user's mapper, with one mapping kept per
 * type.
 */
public final class KintoJson {

	private final JsonMapper mapper;

	private final Map<JavaType, DataMapping<?>> mappings = new ConcurrentHashMap<>();

	private final PropertyNames names;

	private final ObjectWriter compact;

	/**
	 * Create it on a mapper.
	 * @param mapper decides how data is bound
	 */
	public KintoJson(JsonMapper mapper) {
		this.mapper = mapper;
		this.names = new PropertyNames(mapper);
		this.compact = mapper.writer()
			.without(SerializationFeature.INDENT_OUTPUT, SerializationFeature.WRAP_ROOT_VALUE);
	}

	/**
	 * Return how a field is named in JSON.
	 * @param field the field
	 * @return its name, with dots before nested fields
	 * @throws IllegalArgumentException if it is a property that Jackson does not write
	 */
	public String name(KintoField field) {
		return this.names.of(field);
	}

	/**
	 * Write a value as JSON.
	 * @param value the value
	 * @return the JSON, in one line
	 * @throws IllegalArgumentException if it cannot be written
	 */
	public String text(@Nullable Object value) {
		try {
			return this.compact.writeValueAsString(value);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("A value cannot be written as JSON: " + ex.getOriginalMessage(), ex);
		}
	}

	/**
	 * Write JSON by hand.
	 * @param content writes it
	 * @return the bytes
	 */
	public byte[] bytes(Consumer<JsonGenerator> content) {
		return this.compact.writeValueAsBytes(new Written(content));
	}

	/**
	 * Return the mapper.
	 * @return the user's
	 */
	public JsonMapper mapper() {
		return this.mapper;
	}

	/**
	 * Return the mapping of a type of data. Whether Jackson can make an object of the
	 * type is known when the first one is read.
	 * @param <T> the type of the data
	 * @param type the type of the data
	 * @return the mapping
	 */
	@SuppressWarnings("unchecked")
	public <T> DataMapping<T> mapping(Type type) {
		return (DataMapping<T>) this.mappings.computeIfAbsent(this.mapper.constructType(type), this::createMapping);
	}

	/**
	 * Return the mapping of data that has no type of its own.
	 * @return the mapping
	 */
	public DataMapping<Map<String, Object>> attributes() {
		return mapping(this.mapper.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
	}

	private DataMapping<?> createMapping(JavaType type) {
		return new DataMapping<>(type,
				() -> this.mapper.readerFor(type)
					.without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
							DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.UNWRAP_ROOT_VALUE));
	}

}
