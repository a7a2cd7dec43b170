package io.kintospring.json;

import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.kintospring.KintoObject;
import io.kintospring.query.KintoField;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * JSON codec for Kinto's protocol. It uses the application's mapper for the data of
 * records, and {@linkplain #own() its own mapper} for Kinto's types, such as groups. It
 * caches one mapping per type. Thread-safe.
 */
public final class KintoJson implements JsonCodec {

	private static final KintoJson OWN = new KintoJson(
			JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build());

	private final JsonMapper mapper;

	private final Map<JavaType, DataMapping<?>> mappings = new ConcurrentHashMap<>();

	private final ObjectWriter compact;

	private final Supplier<JsonMapper> mapperWithoutTypeIds;

	private final Supplier<ObjectWriter> writerWithoutTypeIds;

	private final PropertyFinder properties;

	/**
	 * Create a codec.
	 * @param mapper the mapper for data
	 */
	public KintoJson(JsonMapper mapper) {
		this.mapper = mapper;
		this.compact = compact(mapper);
		this.mapperWithoutTypeIds = SingletonSupplier
			.of(() -> (mapper.serializationConfig().getDefaultTyper(null) != null)
					? mapper.rebuild().deactivateDefaultTyping().build() : mapper);
		this.writerWithoutTypeIds = SingletonSupplier.of(() -> compact(this.mapperWithoutTypeIds.get()));
		this.properties = new PropertyFinder(this.mapperWithoutTypeIds);
	}

	private static ObjectWriter compact(JsonMapper mapper) {
		return mapper.writer().without(SerializationFeature.INDENT_OUTPUT, SerializationFeature.WRAP_ROOT_VALUE);
	}

	/**
	 * Return the codec for Kinto's types, which is independent of the application's
	 * mapper.
	 * @return the shared instance
	 */
	public static KintoJson own() {
		return OWN;
	}

	/**
	 * Read a value as a tree.
	 * @param parser positioned at the start of a value, and afterwards at its end
	 * @return the tree
	 * @throws JacksonException if it is not JSON
	 */
	public static JsonNode tree(JsonParser parser) {
		return OWN.mapper.readTree(parser);
	}

	/**
	 * Read a value as a tree.
	 * @param json the bytes
	 * @return the tree
	 * @throws JacksonException if it is not JSON
	 */
	public static JsonNode tree(byte[] json) {
		return OWN.mapper.readTree(json);
	}

	/**
	 * Read a value of one of Kinto's types.
	 * @param <T> the type of the value
	 * @param json the bytes
	 * @param type the type of the value
	 * @return the value
	 * @throws JacksonException if Jackson cannot bind it
	 * @throws IllegalArgumentException if the value is null
	 */
	public static <T> T read(byte[] json, Class<T> type) {
		T value = OWN.mapper.readValue(json, type);
		if (value == null) {
			throw new IllegalArgumentException("the response is null");
		}
		return value;
	}

	/**
	 * Move a parser to the value of a property of the current object.
	 * @param parser the parser, positioned within an object
	 * @param wanted the name of the property
	 * @return {@code false} if the object does not have the property
	 */
	public static boolean find(JsonParser parser, String wanted) {
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			parser.nextToken();
			if (name.equals(wanted)) {
				return true;
			}
			parser.skipChildren();
		}
		return false;
	}

	/**
	 * Return the name of a field in JSON.
	 * @param field the field
	 * @return the name, with dots before nested fields
	 * @throws IllegalArgumentException if Jackson does not write the property
	 */
	public String name(KintoField field) {
		return binding(field).properties.find(field).name();
	}

	/**
	 * Write a value of a patch as JSON. The mapper's default typing does not apply,
	 * because a type id would change the value.
	 * @param value the value
	 * @return the JSON, in one line
	 * @throws IllegalArgumentException if Jackson cannot write the value
	 */
	public String text(@Nullable Object value) {
		return text(this.writerWithoutTypeIds.get(), value, value);
	}

	/**
	 * Write a value to compare with a field. If the field is a property, the value is
	 * written like its values, without default typing.
	 * @param field the field
	 * @param value the value
	 * @return the JSON, in one line
	 * @throws IllegalArgumentException if Jackson cannot write the value
	 */
	public String text(KintoField field, @Nullable Object value) {
		KintoJson json = binding(field);
		PropertyValueWriter property = json.properties.find(field).values();
		return (property == null) ? text(value) : text(json.writerWithoutTypeIds.get(), value,
				new GeneratedJson((generator, context) -> property.write(value, generator, context)));
	}

	/**
	 * Write values to compare with the elements of a field. If the field is a property,
	 * the values are written like its elements.
	 * @param field the field
	 * @param values the values
	 * @return a JSON array, in one line
	 * @throws IllegalArgumentException if Jackson cannot write a value
	 */
	public String array(KintoField field, Collection<? extends @Nullable Object> values) {
		KintoJson json = binding(field);
		PropertyValueWriter property = json.properties.find(field).values();
		String array = (property != null) ? json.array(property, values) : "";
		if (array.startsWith("[")) {
			return array;
		}
		boolean unwrapped = property != null && values.size() == 1;
		return unwrapped ? "[" + array + "]"
				: values.stream().map(this::text).collect(Collectors.joining(",", "[", "]"));
	}

	/**
	 * The application's mapper does not apply to Kinto's own types.
	 */
	private KintoJson binding(KintoField field) {
		Class<?> type = field.type();
		return (type != null && type.getPackage() == KintoObject.class.getPackage()) ? OWN : this;
	}

	private String array(PropertyValueWriter property, Collection<? extends @Nullable Object> values) {
		return text(this.writerWithoutTypeIds.get().without(SerializationFeature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED),
				values, new GeneratedJson((generator, context) -> property.writeElements(values, generator, context)));
	}

	private static String text(ObjectWriter writer, @Nullable Object value, @Nullable Object written) {
		try {
			return writer.writeValueAsString(written);
		}
		catch (RuntimeException | Error ex) {
			throw UnwritableException.of("A value of " + ClassUtils.getDescriptiveType(value), ex);
		}
	}

	@Override
	public byte[] bytes(Consumer<JsonGenerator> content) {
		return bytes(this.compact, content);
	}

	private static byte[] bytes(ObjectWriter writer, Consumer<JsonGenerator> content) {
		return NullCharacters
			.reject(writer.writeValueAsBytes(new GeneratedJson((generator, context) -> content.accept(generator))));
	}

	@Override
	public byte[] changes(Consumer<JsonGenerator> content) {
		return bytes(this.writerWithoutTypeIds.get(), content);
	}

	/**
	 * Return whether JSON contains the character U+0000.
	 * @param json the JSON
	 * @return {@code true} if a name or a value contains it
	 */
	public static boolean hasNullCharacter(String json) {
		return NullCharacters.isIn(json);
	}

	@Override
	public JsonMapper mapper() {
		return this.mapper;
	}

	/**
	 * Return the mapping of a type. Jackson inspects the type when the first object is
	 * read.
	 * @param <T> the type of the data
	 * @param type the type of the data
	 * @return the mapping
	 */
	@SuppressWarnings("unchecked")
	public <T> DataMapping<T> mapping(Type type) {
		return (DataMapping<T>) this.mappings.computeIfAbsent(this.mapper.constructType(type), this::createMapping);
	}

	/**
	 * Return the mapping of records as maps.
	 * @return the mapping
	 */
	public DataMapping<Map<String, Object>> untyped() {
		return mapping(this.mapper.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
	}

	/**
	 * Return the mapping of the attributes of buckets, collections and accounts.
	 * @return the mapping
	 */
	public DataMapping<Map<String, Object>> attributes() {
		return OWN.untyped();
	}

	private DataMapping<?> createMapping(JavaType type) {
		return new DataMapping<>(this, type,
				() -> this.mapper.readerFor(type)
					.without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
							DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.UNWRAP_ROOT_VALUE));
	}

}
