package io.kintospring.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import io.kintospring.KintoAttachment;
import io.kintospring.KintoCheckpoint;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoErrorDetail;
import io.kintospring.KintoGroup;
import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoOptions;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoTimestamp;
import io.kintospring.query.KintoQuery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The application's mapper applies to the data of records only.
 */
class MapperTests {

	private static final BasicPolymorphicTypeValidator ANY = BasicPolymorphicTypeValidator.builder()
		.allowIfBaseType(Object.class)
		.build();

	/** Settings that do not change the records of this test. */
	private static final Set<DefaultTyping> TYPINGS = EnumSet
		.complementOf(EnumSet.of(DefaultTyping.NON_FINAL_AND_RECORDS));

	private static final KintoGroup GROUP = KintoGroup.of("account:ann")
		.attribute("floor", 4)
		.attribute("rooms", List.of("a"))
		.attribute("none", Collections.emptyMap());

	private static final Map<String, Object> ATTRIBUTES = attributes();

	private static final String WITH_ATTRIBUTES = """
			{"data":{"id":"x","last_modified":5,"cache_expires":60,"rate":1.5,"list":["a"],"map":{"z":null,"a":{}}},
			"permissions":{"write":["account:ann"]}}""";

	private static final String WITH_GROUP = """
			{"data":{"id":"g","last_modified":5,"members":["account:ann"],"floor":4,"rooms":["a"],"some":null},
			"permissions":{"write":["account:ann"]}}""";

	static Stream<Arguments> kintoTypesIgnoreApplicationMapper() {
		return mappers().entrySet()
			.stream()
			.flatMap((mapper) -> operations().entrySet()
				.stream()
				.map((operation) -> arguments(mapper.getKey(), operation.getKey(), mapper.getValue(),
						operation.getValue())));
	}

	@ParameterizedTest(name = "{1} with {0}")
	@MethodSource
	void kintoTypesIgnoreApplicationMapper(String mapperName, String operationName, JsonMapper mapper,
			Function<KintoCalls, Object> operation) {
		Object expected = operation.apply(calls(new JsonMapper()));
		assertThat(operation.apply(calls(mapper))).isEqualTo(expected);
	}

	private static Map<String, JsonMapper> mappers() {
		Map<String, JsonMapper> mappers = new LinkedHashMap<>();
		mappers.put("upper camel case",
				mapper((b) -> b.propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
					.enumNamingStrategy(EnumNamingStrategies.UPPER_CAMEL_CASE)));
		mappers.put("snake case", mapper((b) -> b.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)));
		mappers.put("strict", mapper((b) -> b
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
					DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
					DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
					DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
					DeserializationFeature.FAIL_ON_IGNORED_PROPERTIES)
			.enable(MapperFeature.REQUIRE_SETTERS_FOR_GETTERS)));
		mappers.put("root values", mapper((b) -> b.enable(SerializationFeature.WRAP_ROOT_VALUE)
			.enable(DeserializationFeature.UNWRAP_ROOT_VALUE)));
		mappers.put("single elements",
				mapper((b) -> b.enable(SerializationFeature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED)
					.enable(DeserializationFeature.UNWRAP_SINGLE_VALUE_ARRAYS,
							DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)));
		for (DefaultTyping typing : TYPINGS) {
			mappers.put("default typing of " + typing, mapper((b) -> b.activateDefaultTyping(ANY, typing)));
			mappers.put("default typing as a property of " + typing,
					mapper((b) -> b.activateDefaultTypingAsProperty(ANY, typing, "@class")));
			mappers.put("default typing as an object of " + typing,
					mapper((b) -> b.activateDefaultTyping(ANY, typing, JsonTypeInfo.As.WRAPPER_OBJECT)));
		}
		mappers.put("dates as numbers", mapper((b) -> b.enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)));
		for (JsonInclude.Include include : List.of(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_EMPTY,
				JsonInclude.Include.NON_DEFAULT)) {
			mappers.put("inclusion of " + include, mapper((b) -> b.changeDefaultPropertyInclusion(
					(value) -> value.withValueInclusion(include).withContentInclusion(include))));
		}
		mappers.put("sorted", mapper((b) -> b.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
			.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)));
		mappers.put("unsorted", mapper((b) -> b.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)));
		mappers.put("any case", mapper((b) -> b.enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES,
				MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)));
		mappers.put("no names of parameters", mapper((b) -> b.disable(MapperFeature.DETECT_PARAMETER_NAMES)));
		mappers.put("no annotations", mapper((b) -> b.disable(MapperFeature.USE_ANNOTATIONS)));
		mappers.put("invisible", mapper((b) -> b.changeDefaultVisibility(
				(visibility) -> visibility.withVisibility(PropertyAccessor.ALL, Visibility.NONE))));
		mappers.put("other numbers",
				mapper((b) -> b.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
						DeserializationFeature.USE_BIG_INTEGER_FOR_INTS,
						DeserializationFeature.USE_JAVA_ARRAY_FOR_JSON_ARRAY)));
		mappers.put("other JSON", mapper((b) -> b.enable(SerializationFeature.INDENT_OUTPUT)
			.enable(JsonWriteFeature.WRITE_NUMBERS_AS_STRINGS, JsonWriteFeature.ESCAPE_NON_ASCII)));
		mappers.put("other text", mapper((b) -> b.addModule(new SimpleModule().addSerializer(String.class, new Shout())
			.addDeserializer(String.class, new Hear()))));
		return mappers;
	}

	private static JsonMapper mapper(Consumer<JsonMapper.Builder> customizer) {
		JsonMapper.Builder builder = JsonMapper.builder();
		customizer.accept(builder);
		return builder.build();
	}

	private static Map<String, Function<KintoCalls, Object>> operations() {
		Map<String, Function<KintoCalls, Object>> operations = new LinkedHashMap<>();
		operations.put("createGroup", (kinto) -> written(kinto.bucket("b").groups().create("g", GROUP), WITH_GROUP));
		operations.put("updateGroup", (kinto) -> written(kinto.bucket("b").groups().replace("g", GROUP), WITH_GROUP));
		operations.put("patchGroup",
				(kinto) -> List.of(written(kinto.bucket("b").groups().patch("g", GROUP), WITH_GROUP),
						written(kinto.bucket("b").groups().mergePatch("g", attributes()), WITH_GROUP)));
		operations.put("addMembers",
				(kinto) -> Steps.of(kinto.bucket("b").groups().addMembers("g", "account:bob"))
					.respond(Responses.json(200, WITH_GROUP))
					.toString());
		operations.put("listGroups",
				(kinto) -> kinto.bucket("b")
					.groups()
					.list()
					.read(Responses
						.page("[{\"id\":\"g\",\"last_modified\":5,\"members\":[\"account:ann\"],\"n\":{\"a\":[1]}}]"))
					.data());
		operations.put("groups in a conflict", (kinto) -> conflict(kinto.bucket("b").groups().create("g", GROUP),
				"{\"id\":\"g\",\"last_modified\":5,\"members\":[\"account:ann\"]}"));
		operations.put("createBucket", (kinto) -> written(kinto.buckets().create("x", ATTRIBUTES), WITH_ATTRIBUTES));
		operations.put("createCollection",
				(kinto) -> written(kinto.bucket("b").collections().create("x", ATTRIBUTES), WITH_ATTRIBUTES));
		operations.put("createCollectionIfAbsent",
				(kinto) -> written(kinto.bucket("b").collections().createIfAbsent("x", ATTRIBUTES), WITH_ATTRIBUTES));
		operations.put("setData",
				(kinto) -> List.of(written(kinto.bucket("x").attributes().replace(ATTRIBUTES), WITH_ATTRIBUTES),
						written(kinto.bucket("b").collection("x").attributes().replace(ATTRIBUTES), WITH_ATTRIBUTES)));
		operations.put("mergePatchData", (kinto) -> List.of(
				written(kinto.bucket("x").attributes().mergePatch(ATTRIBUTES), WITH_ATTRIBUTES),
				written(kinto.bucket("b").collection("x").attributes().mergePatch(ATTRIBUTES), WITH_ATTRIBUTES)));
		operations.put("listCollections",
				(kinto) -> kinto.bucket("b")
					.collections()
					.list()
					.read(Responses.page("[{\"id\":\"c\",\"last_modified\":5,\"n\":{\"a\":[1,2.5,null]}}]"))
					.data());
		operations.put("buckets in a conflict",
				(kinto) -> conflict(kinto.buckets().create("x"), "{\"id\":\"x\",\"last_modified\":5,\"n\":[1.5]}"));
		operations.put("createAccount", (kinto) -> written(kinto.createAccount("x", "s3cr3t"), WITH_ATTRIBUTES));
		operations.put("listHistory", (kinto) -> kinto.bucket("b").history().list().read(Responses.page("""
				[{"id":"h","last_modified":5,"date":"2026-11-28T10:00:00.123456+00:00","action":"update",
				"uri":"/buckets/b/collections/c/records/r","user_id":"account:ann","resource_name":"record","new":[1],
				"collection_id":"c","record_id":"r","target":{"data":{"id":"r","tags":["a"],"n":1.5},
				"permissions":{"write":["account:ann"]}}}]""")).data());
		operations.put("listPermissions",
				(kinto) -> kinto.streamPermissions()
					.first()
					.read(Responses.page("""
							[{"uri":"/buckets/b","resource_name":"bucket","permissions":["write"],"bucket_id":"b"}]"""))
					.elements());
		operations.put("permissions", (kinto) -> {
			PermissionCalls permissions = kinto.bucket("x").permissions();
			KintoCall<?> set = permissions.set((p) -> p.read("system.Everyone").with("write", List.of()));
			return List.of(Requests.text(set), set.read(Responses.json(200, WITH_ATTRIBUTES)));
		});
		operations.put("permissions of a record",
				(kinto) -> Requests
					.text(kinto.bucket("b")
						.collection("c", Plain.class)
						.create("x", new Plain(3), (w) -> w.permissions((p) -> p.read("account:ann"))))
					.replace("\"3\"", "3")
					.replaceAll("\\s", ""));
		operations.put("attachment", (kinto) -> {
			CollectionCalls<Plain> collection = kinto.bucket("b").collection("c", Plain.class);
			KintoCall<?> add = collection.attachments()
				.add("x", new ByteArrayResource(new byte[1]),
						(u) -> u.filename("a.txt").permissions((p) -> p.read("account:ann")));
			String attachment = "{\"filename\":\"a.txt\",\"hash\":\"h\",\"location\":\"l\",\"mimetype\":\"m\",\"size\":1}";
			return List.of(Requests.body(add).replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "boundary"),
					add.read(Responses.json(201, attachment)),
					collection.attachments()
						.find("x")
						.read(Responses.json(200,
								"{\"data\":{\"id\":\"x\",\"last_modified\":5,\"attachment\":" + attachment + "}}")));
		});
		operations.put("deleteRecord",
				(kinto) -> kinto.bucket("b")
					.collection("c")
					.delete("x")
					.read(Responses.json(200, "{\"data\":{\"id\":\"x\",\"last_modified\":5,\"deleted\":true}}")));
		operations.put("deleteRecords",
				(kinto) -> Steps.of(kinto.bucket("b").collection("c").deleteAll((q) -> q.filter("a", "1")))
					.respond(Responses.json(200, "{\"data\":[{\"id\":\"x\",\"last_modified\":5,\"deleted\":true}]}"))
					.result());
		operations.put("changes", (kinto) -> Steps
			.of(kinto.bucket("b").collection("c", Plain.class).changes(KintoCheckpoint.of(KintoTimestamp.of(1))))
			.respond(Responses.page("[{\"id\":\"x\",\"last_modified\":5,\"stars\":3,\"more\":[{}]},"
					+ "{\"id\":\"y\",\"last_modified\":6,\"deleted\":true}]"))
			.result());
		operations.put("conflict of a record",
				(kinto) -> conflict(kinto.bucket("b").collection("c", Plain.class).replace("x", new Plain(1)),
						"{\"id\":\"x\",\"last_modified\":5,\"stars\":3}"));
		operations.put("fetchServerInfo", (kinto) -> kinto.fetchServerInfo().read(Responses.json(200, """
				{"project_name":"kinto","project_version":"26.2.1","http_api_version":"1.23","url":"http://h/v1/",
				"settings":{"batch_max_requests":25,"readonly":false,"explicit_permissions":true,"list":["a"],"n":1.5},
				"capabilities":{"history":{"description":"d","url":"u","list":["a"],"map":{"a":1}}},
				"user":{"id":"account:ann","principals":["account:ann"],"bucket":"b"},"eos":"2030-01-01"}""")));
		operations.put("fetchHeartbeat",
				(kinto) -> kinto.fetchHeartbeat().read(Responses.json(200, "{\"storage\":true,\"cache\":true}")));
		operations.put("error", (kinto) -> error(kinto.bucket("b").groups().get("g")));
		operations.put("batch", (kinto) -> {
			KintoCall<?> group = kinto.bucket("b").groups().create("g", GROUP);
			KintoCall<?> bucket = kinto.bucket("x").attributes().replace(ATTRIBUTES);
			KintoBatch batch = kinto.batch(List.of(group, bucket), (o) -> o.maxRequests(25));
			BatchChunk part = batch.chunks().get(0);
			BatchResult result = batch.result(false,
					part.request()
						.read(Responses.json(200,
								"{\"responses\":[{\"status\":201,\"headers\":{},\"body\":" + WITH_GROUP
										+ "},{\"status\":200,\"headers\":{},\"body\":" + WITH_ATTRIBUTES + "}]}"))
						.outcomes());
			return List.of(Requests.text(part.request()).replaceAll("\\s", ""), result.get(group), result.get(bucket));
		});
		return operations;
	}

	/**
	 * Default typing does not apply to the values.
	 */
	@ParameterizedTest(name = "{0}")
	@MethodSource("mappersThatKeepValues")
	void filterAndPatchValuesHaveNoTypeIds(String name, JsonMapper mapper) {
		CollectionCalls<Plain> records = calls(mapper).bucket("b").collection("c", Plain.class);
		List<Object> list = new ArrayList<>(List.of("a", 1));
		Map<String, Object> map = new LinkedHashMap<>(Map.of("a", list));
		assertThat(Requests.body(records.jsonPatch("x",
				(p) -> p.add("/data/a", list)
					.replace("/data/b", map)
					.test("/data/c", "text")
					.add("/data/d", null)
					.move("/data/e", "/data/f"))))
			.isEqualTo("[{\"op\":\"add\",\"path\":\"/data/a\",\"value\":[\"a\",1]},"
					+ "{\"op\":\"replace\",\"path\":\"/data/b\",\"value\":{\"a\":[\"a\",1]}},"
					+ "{\"op\":\"test\",\"path\":\"/data/c\",\"value\":\"text\"},"
					+ "{\"op\":\"add\",\"path\":\"/data/d\",\"value\":null},"
					+ "{\"op\":\"move\",\"path\":\"/data/f\",\"from\":\"/data/e\"}]");
		assertThat(Requests.body(records.patch("x", map)).replaceAll("\\s", ""))
			.isEqualTo("{\"data\":{\"a\":[\"a\",1]}}");
		assertThat(Requests.body(records.mergePatch("x", map)).replaceAll("\\s", ""))
			.isEqualTo("{\"data\":{\"a\":[\"a\",1]}}");
		KintoQuery query = KintoQuery.of().where("a").is(list).where("b").is(map).where("c").in("a", 1);
		assertThat(records.list((q) -> query).request().query())
			.isEqualTo(calls(new JsonMapper()).bucket("b").collection("c").list((q) -> query).request().query());
	}

	static Stream<Arguments> mappersThatKeepValues() {
		return mappers().entrySet()
			.stream()
			.filter((mapper) -> !mapper.getKey().startsWith("other"))
			.map((mapper) -> arguments(mapper.getKey(), mapper.getValue()));
	}

	/**
	 * Annotated type ids are part of the value.
	 */
	@Test
	void annotatedTypeIdsAreKept() {
		JsonMapper typing = mapper((b) -> b.activateDefaultTyping(ANY, DefaultTyping.NON_FINAL));
		for (JsonMapper mapper : List.of(new JsonMapper(), typing)) {
			CollectionCalls<Plain> records = calls(mapper).bucket("b").collection("c", Plain.class);
			assertThat(Requests.body(records.jsonPatch("x", (p) -> p.add("/data/pet", new DataTests.Cat("m", 9)))))
				.isEqualTo("[{\"op\":\"add\",\"path\":\"/data/pet\","
						+ "\"value\":{\"kind\":\"cat\",\"id\":\"m\",\"lives\":9}}]");
		}
	}

	/**
	 * The application's mapper binds properties of the user's types.
	 */
	@Test
	void kintoTypesWithinRecordsUseApplicationMapper() {
		JsonMapper mapper = mapper((b) -> b.propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.disable(MapperFeature.DETECT_PARAMETER_NAMES));
		String json = """
				{"Attachment":{"filename":"a","hash":"h","location":"l","mimetype":"m","size":1},\
				"Group":{"members":["account:ann"],"floor":4},"Permissions":{"read":["account:ann"]},\
				"Version":5}""";
		WithOurs data = calls(mapper).bucket("b")
			.collection("c", WithOurs.class)
			.get("x")
			.read(Responses.json(200,
					"{\"data\":" + json.replaceFirst("\\{", "{\"id\":\"x\",\"last_modified\":5,") + "}"))
			.data();
		assertThat(data.group()).isEqualTo(KintoGroup.of("account:ann").attribute("floor", 4));
		assertThat(data.attachment().filename()).isEqualTo("a");
		assertThat(Requests.body(calls(mapper).bucket("b").collection("c", WithOurs.class).create(data)))
			.isEqualTo("{\"data\":" + json + "}");
	}

	private static KintoCalls calls(JsonMapper mapper) {
		return new KintoCalls(mapper, KintoOptions.of(), "default");
	}

	private static List<Object> written(KintoCall<?> call, String response) {
		return List.of(Requests.text(call), call.read(Responses.json(200, response)));
	}

	private static List<?> conflict(KintoCall<?> call, String existing) {
		KintoConflictException conflict = catchThrowableOfType(KintoConflictException.class, () -> call.read(
				Responses.json(412, "{\"errno\":114,\"message\":\"M\",\"details\":{\"existing\":" + existing + "}}")));
		return Arrays.asList(conflict.getMessage(), conflict.errno(), conflict.existing());
	}

	private static List<KintoErrorDetail> error(KintoCall<?> call) {
		return catchThrowableOfType(KintoInvalidRequestException.class, () -> call.read(Responses.json(400, """
				{"errno":107,"details":[{"location":"body","name":"a","description":"Required"}]}"""))).details();
	}

	private static Map<String, Object> attributes() {
		Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
		attributes.put("zeta", new ArrayList<>(List.of("a")));
		attributes.put("cache_expires", 60);
		attributes.put("none", null);
		attributes.put("empty", "");
		attributes.put("zero", 0);
		attributes.put("map", new LinkedHashMap<>(Map.of("a", new ArrayList<>())));
		return Collections.unmodifiableMap(attributes);
	}

	record Plain(@JsonProperty("stars") int stars) {
	}

	record WithOurs(KintoAttachment attachment, KintoGroup group, KintoPermissions permissions,
			KintoTimestamp version) {
	}

	private static final class Shout extends StdSerializer<String> {

		private Shout() {
			super(String.class);
		}

		@Override
		public void serialize(String text, JsonGenerator generator, SerializationContext context) {
			generator.writeString(text.toUpperCase(Locale.ROOT) + "!");
		}

	}

	private static final class Hear extends StdDeserializer<String> {

		private Hear() {
			super(String.class);
		}

		@Override
		public String deserialize(JsonParser parser, DeserializationContext context) {
			return "(" + parser.getString().getBytes(StandardCharsets.UTF_8).length + ")";
		}

	}

}
