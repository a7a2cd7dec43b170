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
 * Jackson as Kinto's protocol needs it: the application's mapper for the data of records,
 * and {@linkplain #own() one of our own} for what belongs to Kinto, such as groups. It
 * keeps one mapping per type.
 */
public final class KintoJson implements JsonCodec {

	private static final KintoJson OWN = new KintoJson(
			JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build());

	private final JsonMapper mapper;

	private final Map<JavaType, DataMapping<?>> mappings = new ConcurrentHashMap<>();

	private final ObjectWriter compact;

	private final Supplier<JsonMapper> untypedMapper;

	private final Supplier<ObjectWriter> untyped;

	private final PropertyFinder properties;

	/**
	 * Create it on a mapper.
	 * @param mapper decides how data is bound
	 */
	public KintoJson(JsonMapper mapper) {
		this.mapper = mapper;
		this.compact = compact(mapper);
		this.untypedMapper = SingletonSupplier.of(() -> (mapper.serializationConfig().getDefaultTyper(null) != null)
				? mapper.rebuild().deactivateDefaultTyping().build() : mapper);
		this.untyped = SingletonSupplier.of(() -> compact(this.untypedMapper.get()));
		this.properties = new PropertyFinder(this.untypedMapper);
	}

	private static ObjectWriter compact(JsonMapper mapper) {
		return mapper.writer().without(SerializationFeature.INDENT_OUTPUT, SerializationFeature.WRAP_ROOT_VALUE);
	}

	/**
	 * Return Jackson for the types that belong to Kinto's protocol. What the
	 * application's mapper is set to does not change how they are read and written.
	 * @return the instance that all calls share
	 */
	public static KintoJson own() {
		return OWN;
	}

	/**
	 * Read what belongs to Kinto's protocol as a tree.
	 * @param parser stands at the start of a value, and then at its end
	 * @return the tree
	 * @throws JacksonException if it is no JSON
	 */
	public static JsonNode tree(JsonParser parser) {
		return OWN.mapper.readTree(parser);
	}

	/**
	 * Read what belongs to Kinto's protocol as a tree.
	 * @param json the bytes
	 * @return the tree
	 * @throws JacksonException if it is no JSON
	 */
	public static JsonNode tree(byte[] json) {
		return OWN.mapper.readTree(json);
	}

	/**
	 * Bind a value that belongs to Kinto's protocol.
	 * @param <T> the type of the value
	 * @param json the bytes
	 * @param type the type of the value
	 * @return the value
	 * @throws JacksonException if it cannot be bound
	 */
	public static <T> T read(byte[] json, Class<T> type) {
		T value = OWN.mapper.readValue(json, type);
		if (value == null) {
			throw new IllegalArgumentException("it is null");
		}
		return value;
	}

	/**
	 * Move a parser to the value of a name within the current object.
	 * @param parser the parser, within an object
	 * @param wanted the name
	 * @return {@code false} if the object does not have the name
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
	 * Return how a field is named in JSON.
	 * @param field the field
	 * @return its name, with dots before nested fields
	 * @throws IllegalArgumentException if it is a property that Jackson does not write
	 */
	public String name(KintoField field) {
		return binding(field).properties.find(field).name();
	}

	/**
	 * Write a value as JSON that stands in a patch. The mapper's default typing does not
	 * apply: a type id around the value would make it another value.
	 * @param value the value
	 * @return the JSON, in one line
	 * @throws IllegalArgumentException if it cannot be written
	 */
	public String text(@Nullable Object value) {
		return text(this.untyped.get(), value, value);
	}

	/**
	 * Write a value that is compared with a field, as Jackson writes it there if the
	 * field is named by a property. Default typing does not apply, as for
	 * {@link #text(Object)}.
	 * @param field the field
	 * @param value the value
	 * @return the JSON, in one line
	 * @throws IllegalArgumentException if it cannot be written
	 */
	public String text(KintoField field, @Nullable Object value) {
		KintoJson json = binding(field);
		PropertyValueWriter property = json.properties.find(field).values();
		return (property == null) ? text(value) : text(json.untyped.get(), value,
				new GeneratedJson((generator, context) -> property.write(value, generator, context)));
	}

	/**
	 * Write values that are compared with the elements of a field, as Jackson writes them
	 * there if the field is named by a property.
	 * @param field the field
	 * @param values the values
	 * @return a JSON array, in one line
	 * @throws IllegalArgumentException if one cannot be written
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
	 * Kinto's own types are written as Kinto has them, whatever the application's mapper
	 * is set to.
	 */
	private KintoJson binding(KintoField field) {
		Class<?> type = field.type();
		return (type != null && type.getPackage() == KintoObject.class.getPackage()) ? OWN : this;
	}

	private String array(PropertyValueWriter property, Collection<? extends @Nullable Object> values) {
		return text(this.untyped.get().without(SerializationFeature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED), values,
				new GeneratedJson((generator, context) -> property.writeElements(values, generator, context)));
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
			.refuse(writer.writeValueAsBytes(new GeneratedJson((generator, context) -> content.accept(generator))));
	}

	@Override
	public byte[] changes(Consumer<JsonGenerator> content) {
		return bytes(this.untyped.get(), content);
	}

	/**
	 * Return whether the character U+0000 is in JSON.
	 * @param json the JSON
	 * @return {@code true} if it is in a name or a value
	 */
	public static boolean hasNullCharacter(String json) {
		return NullCharacters.isIn(json);
	}

	@Override
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
	 * Return the mapping of records that have no type of their own.
	 * @return the mapping
	 */
	public DataMapping<Map<String, Object>> untyped() {
		return mapping(this.mapper.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
	}

	/**
	 * Return the mapping of the attributes of buckets, collections and accounts, which
	 * belong to Kinto.
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
