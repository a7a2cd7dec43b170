package io.kintospring.protocol;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.kintospring.KintoCheckpoint;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Binding of data to JSON.
 */
class DataTests {

	@ParameterizedTest
	@MethodSource
	void dataIsSent(Object data, String target, String body) {
		KintoCall<?> call = Requests.collection(Object.class).create(data);
		assertThat(Requests.target(call)).isEqualTo("/buckets/b/collections/c/records/" + target);
		assertThat(Requests.body(call)).isEqualTo("{\"data\":" + body + "}");
	}

	static Stream<Object[]> dataIsSent() {
		Map<String, Object> withNull = new HashMap<>();
		withNull.put("a", null);
		UUID uuid = UUID.fromString("4b8a5c1e-0000-1000-8000-000000000001");
		return Stream.of(new Object[] { Map.of(), "{random}", "{}" },
				new Object[] { withNull, "{random}", "{\"a\":null}" },
				new Object[] { new Post("T", 3), "{random}", "{\"title\":\"T\",\"stars\":3}" },
				new Object[] { new WithId("x", "T", 9L), "x", "{\"title\":\"T\"}" },
				new Object[] { new WithId(null, null, null), "{random}", "{\"title\":null}" },
				new Object[] { new WithId("", "T", null), "{random}", "{\"title\":\"T\"}" },
				new Object[] { new OnlyId("x"), "x", "{}" }, new Object[] { new WithUuid(uuid), uuid.toString(), "{}" },
				new Object[] { new WithEnum(Color.red), "red", "{}" },
				new Object[] { new Bean(), "bean", "{\"title\":\"B\"}" },
				new Object[] { ordered("last_modified", 5, "title", "T", "id", "x"), "x", "{\"title\":\"T\"}" },
				new Object[] { ordered("last_modified", new BigInteger("5"), "id", "x"), "x", "{}" },
				new Object[] { ordered("last_modified", KintoTimestamp.of(5), "id", "x"), "x", "{}" },
				new Object[] { ordered("last_modified", null, "id", "x"), "x", "{}" },
				new Object[] { ordered("a", Map.of(), "b", List.of(), "c", List.of(Map.of(), List.of())), "{random}",
						"{\"a\":{},\"b\":[],\"c\":[{},[]]}" },
				new Object[] { ordered("schema", ordered("id", 1, "last_modified", 2), "deleted", true), "{random}",
						"{\"schema\":{\"id\":1,\"last_modified\":2},\"deleted\":true}" },
				new Object[] { new Outer("x", new WithId("inner", "T", 5L), List.of(new OnlyId("one"))), "x",
						"{\"inner\":{\"id\":\"inner\",\"title\":\"T\",\"last_modified\":5},\"list\":[{\"id\":\"one\"}]}" },
				new Object[] { new Cat("x", 9), "x", "{\"kind\":\"cat\",\"lives\":9}" },
				new Object[] { new JsonMapper().createObjectNode().put("id", "x").put("a", 1), "x", "{\"a\":1}" },
				new Object[] { ordered("text", "\u00fc\u2028\"\\\n\ud83d\ude00"), "{random}",
						"{\"text\":\"\u00fc\u2028\\\"\\\\\\n\ud83d\ude00\"}" });
	}

	@ParameterizedTest
	@MethodSource
	void nonObjectDataIsRejected(Object data) {
		assertThatIllegalArgumentException().isThrownBy(() -> Requests.collection(Object.class).create("x", data))
			.withMessage("Data must be a JSON object, but " + data.getClass().getName()
					+ " is not: use a class with properties, a record or a map");
		assertThatIllegalArgumentException().isThrownBy(() -> Requests.collection(Object.class).patch("x", data));
	}

	static Stream<Object> nonObjectDataIsRejected() {
		return Stream.of("text", 5, 5L, 1.5, true, List.of(), List.of(Map.of()), new int[] { 1 }, new Object[] { "a" },
				Color.red, Instant.EPOCH, UUID.randomUUID(), new byte[] { 1 }, new BigDecimal("1.5"),
				new JsonMapper().createArrayNode(), new JsonMapper().nullNode());
	}

	@Test
	void nullDataIsRejected() {
		Object none = null;
		assertThatIllegalArgumentException().isThrownBy(() -> Requests.collection(Object.class).replace("x", none))
			.withMessage("The data is null: pass an object, or an empty map");
		assertThatIllegalArgumentException().isThrownBy(() -> Requests.collection(Object.class).patch("x", none));
	}

	@Test
	void nonTextIdIsRejected() {
		for (Object id : Arrays.asList(1, 1.5, true, List.of("x"), Map.of("a", 1))) {
			assertThatIllegalArgumentException().as("id %s", id)
				.isThrownBy(() -> Requests.collection(Object.class).create(Map.of("id", id)))
				.withMessageStartingWith("Data of java.util.")
				.withMessageContaining(" cannot be written: The property 'id' of java.util.")
				.withMessageEndingWith("must be a string, like ids in Kinto");
		}
	}

	@Test
	void failingPropertyIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> Requests.collection(Object.class).create(new Failing()))
			.withMessage("Data of " + Failing.class.getName()
					+ " cannot be written: 'title' failed with java.lang.IllegalStateException");
	}

	@Test
	void invalidIdInDataIsRejected() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Requests.collection(Object.class).create(new OnlyId("a b")))
			.withMessageStartingWith("'a b' cannot be the id of a record");
	}

	@Test
	void createPrefersIdOfCallOverIdInData() {
		assertThat(Requests.collection(OnlyId.class).create("y", new OnlyId("x")).request().path())
			.endsWith("/records/y");
	}

	@ParameterizedTest
	@MethodSource
	void nonIntegerVersionIsRejected(Object version) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Requests.collection().replace("x", ordered("last_modified", version)))
			.withMessageContaining("The property 'last_modified' of")
			.withMessageContaining("must be a KintoTimestamp or a whole number");
	}

	static Stream<Object> nonIntegerVersionIsRejected() {
		return Stream.of(Instant.EPOCH, "5", 5.0, true, List.of(1), Map.of("a", 1));
	}

	@Test
	void objectAsDataIsRejected() {
		KintoObject<Post> object = new KintoObject<>("x", KintoTimestamp.of(5), new Post("T", 1),
				KintoPermissions.none());
		assertThatIllegalArgumentException().isThrownBy(() -> Requests.collection().patch("x", object))
			.withMessageContaining("pass its data()");
	}

	@Test
	void patchSendsChangesUnmodified() {
		Map<String, Object> changes = ordered("id", "x", "a", null, "b", ordered("id", 2), "last_modified", 4);
		assertThat(Requests.body(Requests.collection(Post.class).patch("x", changes)))
			.isEqualTo("{\"data\":{\"a\":null,\"b\":{\"id\":2}}}");
		assertThat(Requests.body(Requests.collection(Post.class).patch("x", new PostChanges(null, 4))))
			.isEqualTo("{\"data\":{\"stars\":4}}");
	}

	@Test
	void permissionsAreSentWithData() {
		KintoCall<?> call = Requests.collection()
			.create(Map.of("a", 1),
					(w) -> w.permissions((p) -> p.read("system.Everyone", "account:a").with("write", List.of())));
		assertThat(Requests.body(call)).isEqualTo("{\"data\":{\"a\":1},\"permissions\":"
				+ "{\"read\":[\"system.Everyone\",\"account:a\"],\"write\":[]}}");
	}

	@Test
	void updateDoesNotSendPermissions() {
		KintoObject<Post> read = new KintoObject<>("x", KintoTimestamp.of(5), new Post("T", 1),
				KintoPermissions.none().read("system.Everyone"));
		assertThat(Requests.body(Requests.collection(Post.class).update(read)))
			.isEqualTo("{\"data\":{\"title\":\"T\",\"stars\":1}}");
	}

	@Test
	void applicationMapperIsUsed() {
		JsonMapper mapper = JsonMapper.builder()
			.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
			.enable(SerializationFeature.WRAP_ROOT_VALUE, SerializationFeature.INDENT_OUTPUT)
			.enable(DeserializationFeature.UNWRAP_ROOT_VALUE, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
					DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.build();
		CollectionCalls<Camel> collection = new KintoCalls(mapper, KintoOptions.of(), "default").bucket()
			.collection("c", Camel.class);
		KintoCall<KintoObject<Camel>> call = collection.replace("x", new Camel("x", 7L, "T"));
		assertThat(Requests.body(call).replaceAll("\\s", "")).isEqualTo("{\"data\":{\"long_title\":\"T\"}}");
		assertThat(Requests.headers(call)).containsEntry("If-Match", "\"7\"");
		assertThat(call.read(Responses.json(200,
				"{\"data\":{\"id\":\"x\",\"last_modified\":8,\"long_title\":\"T\",\"more\":1},\"new\":1}")))
			.extracting(KintoObject::data)
			.isEqualTo(new Camel("x", 8L, "T"));
	}

	@Test
	void objectIsRead() {
		KintoObject<Post> object = Requests.collection(Post.class).get("x").read(Responses.json(200, """
				{"permissions":{"write":["account:a"],"read":["system.Everyone","account:b"]},
				 "data":{"id":"x","title":"T","stars":3,"last_modified":1700000000001,"unknown":{"id":"y"}}}"""));
		assertThat(object).isEqualTo(new KintoObject<>("x", KintoTimestamp.of(1700000000001L), new Post("T", 3),
				KintoPermissions.none().write("account:a").read("system.Everyone", "account:b")));
	}

	@Test
	void missingPermissionsAreEmpty() {
		assertThat(read(Post.class, "{\"title\":\"T\",\"stars\":3,\"id\":\"x\",\"last_modified\":5}").permissions())
			.isEqualTo(KintoPermissions.none());
	}

	@Test
	void mapContainsIdAndVersion() {
		assertThat(readMap("{\"id\":\"x\",\"last_modified\":1700000000001,\"a\":null}").data())
			.isEqualTo(ordered("id", "x", "last_modified", 1700000000001L, "a", null));
	}

	@Test
	void idAndVersionAreBoundToData() {
		assertThat(read(WithId.class, "{\"last_modified\":5,\"title\":\"T\",\"id\":\"x\"}").data())
			.isEqualTo(new WithId("x", "T", 5L));
		Bean bean = read(Bean.class, "{\"last_modified\":5,\"title\":\"T\",\"id\":\"x\"}").data();
		assertThat(bean.id).isEqualTo("x");
		assertThat(bean.version).isEqualTo(5);
	}

	@Test
	void nestedIdAndVersionAreIgnored() {
		String inner = "{\"id\":\"inner\",\"title\":\"T\",\"last_modified\":1}";
		String list = "[{\"id\":\"one\",\"last_modified\":2},{\"id\":\"two\"}]";
		for (String json : List.of("{\"inner\":" + inner + ",\"list\":" + list + ",\"id\":\"x\",\"last_modified\":5}",
				"{\"id\":\"x\",\"last_modified\":5,\"inner\":" + inner + ",\"list\":" + list + "}", "{\"skipped\":"
						+ list + ",\"id\":\"x\",\"inner\":" + inner + ",\"last_modified\":5,\"list\":" + list + "}")) {
			KintoObject<Outer> object = read(Outer.class, json);
			assertThat(object.id()).isEqualTo("x");
			assertThat(object.lastModified()).isEqualTo(KintoTimestamp.of(5));
			assertThat(object.data())
				.isEqualTo(new Outer("x", new WithId("inner", "T", 1L), List.of(new OnlyId("one"), new OnlyId("two"))));
			assertThat(readMap(json)).extracting(KintoObject::id, (o) -> o.lastModified().value())
				.containsExactly("x", 5L);
			assertThat(read(JsonNode.class, json)).extracting(KintoObject::id, (o) -> o.lastModified().value())
				.containsExactly("x", 5L);
			assertThat(read(Object.class, json)).extracting(KintoObject::id, (o) -> o.lastModified().value())
				.containsExactly("x", 5L);
		}
	}

	@Test
	void namedSubtypeIsRead() {
		for (String json : List.of("{\"kind\":\"cat\",\"id\":\"x\",\"lives\":9,\"last_modified\":5}",
				"{\"id\":\"x\",\"last_modified\":5,\"lives\":9,\"kind\":\"cat\"}")) {
			KintoObject<Animal> animal = read(Animal.class, json);
			assertThat(animal.data()).isEqualTo(new Cat("x", 9));
			assertThat(animal.id()).isEqualTo("x");
			assertThat(animal.lastModified().value()).isEqualTo(5);
		}
	}

	@Test
	void genericTypeIsRead() {
		CollectionCalls<Tagged<Post>> collection = Requests.kinto()
			.bucket("b")
			.collection("c", new ParameterizedTypeReference<Tagged<Post>>() {
			});
		Tagged<Post> data = new Tagged<>("t", new Post("T", 3));
		String json = "{\"tag\":\"t\",\"value\":{\"title\":\"T\",\"stars\":3}}";
		assertThat(Requests.body(collection.create(data))).isEqualTo("{\"data\":" + json + "}");
		assertThat(collection.get("x")
			.read(Responses.json(200,
					"{\"data\":" + json.replaceFirst("\\{", "{\"id\":\"x\",\"last_modified\":5,") + "}"))
			.data()).isEqualTo(data);
		assertThat(collection.list()
			.read(Responses.page("[" + json.replaceFirst("\\{", "{\"id\":\"x\",\"last_modified\":5,") + "]"))
			.data()).extracting(KintoObject::data).containsExactly(data);
	}

	@Test
	void largeNumbersAreExact() {
		assertThat(readMap("{\"id\":\"x\",\"last_modified\":5,\"n\":12345678901234567890,\"d\":1.10}").data())
			.containsEntry("n", new BigInteger("12345678901234567890"))
			.containsEntry("d", 1.1);
	}

	/**
	 * Also with tombstones in the list, and in a conflict.
	 */
	@Test
	void decimalsAreExact() {
		String data = "{\"id\":\"x\",\"last_modified\":5,\"amount\":12345678901234567890.12}";
		Money exact = new Money(new BigDecimal("12345678901234567890.12"));
		CollectionCalls<Money> collection = Requests.collection(Money.class);
		assertThat(collection.get("x").read(Responses.json(200, "{\"data\":" + data + "}")).data()).isEqualTo(exact);
		assertThat(collection.list((q) -> q.since(KintoTimestamp.of(1))).read(Responses.page("[" + data + "]")).data())
			.extracting(KintoObject::data)
			.containsExactly(exact);
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> collection.replace("x", exact)
				.read(Responses.json(412, "{\"errno\":114,\"details\":{\"existing\":" + data + "}}")))
			.satisfies((conflict) -> assertThat(conflict.existing(Money.class)).get()
				.extracting(KintoObject::data)
				.isEqualTo(exact));
	}

	@ParameterizedTest
	@MethodSource
	void malformedObjectIsDescribed(String body, String reason) {
		assertThatExceptionOfType(KintoResponseException.class)
			.isThrownBy(() -> Requests.collection(Post.class).get("x").read(Responses.json(200, body)))
			.withMessageStartingWith("getRecord GET /buckets/b/collections/c/records/x: the response (200,"
					+ " application/json) cannot be read as record of Post: ")
			.withMessageContaining(reason)
			.satisfies((ex) -> assertThat(ex.status()).isEqualTo(200))
			.satisfies((ex) -> assertThat(ex.response().body()).isEqualTo(body));
	}

	static Stream<Object[]> malformedObjectIsDescribed() {
		String post = "\"title\":\"T\",\"stars\":3";
		return Stream.of(new Object[] { "{}", "the response has no 'data'" },
				new Object[] { "{\"permissions\":{}}", "the response has no 'data'" },
				new Object[] { "", "expected START_OBJECT, but found the end of the body" },
				new Object[] { "[]", "expected START_OBJECT, but found START_ARRAY" },
				new Object[] { "\"text\"", "expected START_OBJECT, but found VALUE_STRING" },
				new Object[] { "5", "expected START_OBJECT" }, new Object[] { "null", "but found VALUE_NULL" },
				new Object[] { "{\"data\":null}", "but found VALUE_NULL" },
				new Object[] { "{\"data\":[]}", "but found START_ARRAY" },
				new Object[] { "{\"data\":{" + post + ",\"id\":\"x\"}}", "no 'id' or no 'last_modified'" },
				new Object[] { "{\"data\":{" + post + ",\"last_modified\":5}}", "no 'id' or no 'last_modified'" },
				new Object[] { "{\"data\":{" + post + ",\"id\":7,\"last_modified\":5}}", "no 'id'" },
				new Object[] { "{\"data\":{" + post + ",\"id\":\"x\",\"last_modified\":\"5\"}}", "no 'last_modified'" },
				new Object[] { "{\"data\":{\"title\":\"T\",\"stars\":\"many\",\"id\":\"x\",\"last_modified\":5}}",
						"object 'x': 'stars' is text that cannot be read as int" },
				new Object[] { "{\"data\":{\"title\":\"T\",\"stars\":3,\"id\":\"x\",\"last_mod", "Unexpected end" },
				new Object[] { "{\"data\":{" + post + ",\"id\":\"x\",\"last_modified\":123456789012345678901}}",
						"out of range" },
				new Object[] { "{\"data\":{" + post + ",\"id\":\"x\",\"last_modified\":5},\"permissions\":[]}",
						"expected START_OBJECT, but found START_ARRAY" },
				new Object[] {
						"{\"data\":{" + post + ",\"id\":\"x\",\"last_modified\":5},\"permissions\":{\"read\":\"me\"}}",
						"expected START_ARRAY, but found VALUE_STRING" },
				new Object[] {
						"{\"data\":{" + post + ",\"id\":\"x\",\"last_modified\":5},\"permissions\":{\"read\":[1]}}",
						"expected VALUE_STRING" });
	}

	/**
	 * Covers every position of the id, and all ways to read records.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = {
			"{'title':'T','id':'x','last_modified':5} | 'stars' is missing, and int cannot be null",
			"{'id':'x','stars':null,'last_modified':5} | 'stars' is null, and int cannot be null",
			"{'stars':'many','last_modified':5,'id':'x'} | 'stars' is text that cannot be read as int",
			"{'stars':99999999999,'last_modified':5,'id':'x'} | 'stars' is out of range of int",
			"{'stars':{},'last_modified':5,'id':'x'} | 'stars' is an object that cannot be read as int",
			"{'stars':1,'title':[],'id':'x','last_modified':5} | 'title' is a list that cannot be read as String",
			"{'id':'x','stars':1} | an object has no 'id' or no 'last_modified'" })
	void messageNamesUnreadableRecordAndField(String json, String reason) {
		CollectionCalls<Post> collection = Requests.collection(Post.class);
		String record = json.replace('\'', '"');
		String single = "{\"data\":" + record + "}";
		String list = "[{\"id\":\"a\",\"last_modified\":1,\"stars\":1}," + record + "]";
		KintoTimestamp since = KintoTimestamp.of(1);
		for (ThrowingCallable read : List.<ThrowingCallable>of(
				() -> collection.get("x").read(Responses.json(200, single)),
				() -> collection.create(new Post("T", 1)).read(Responses.json(201, single)),
				() -> collection.list().read(Responses.page(list)),
				() -> collection.list((q) -> q.since(since)).read(Responses.page(list)),
				() -> Steps.of(collection.stream()).respond(Responses.page(list)),
				() -> Steps.of(collection.changes(KintoCheckpoint.of(since))).respond(Responses.page(list)))) {
			assertThatExceptionOfType(KintoResponseException.class).isThrownBy(read)
				.withMessageContaining(" of Post: ")
				.withMessageEndingWith(": object 'x': " + reason);
		}
	}

	@Test
	void messageNamesUnreadableRecordWithoutIdByIndex() {
		String one = "{\"id\":\"a\",\"last_modified\":1,\"stars\":1},";
		for (String record : List.of("{\"stars\":\"many\"}", "[1]", "{\"stars\":1}")) {
			assertThatExceptionOfType(KintoResponseException.class).isThrownBy(
					() -> Requests.collection(Post.class).list().read(Responses.page("[" + one + one + record + "]")))
				.withMessageContaining("cannot be read as a list of Post: object 3 of the list: ");
		}
	}

	@Test
	void messageNamesPathOfUnreadableField() {
		assertThatExceptionOfType(KintoResponseException.class).isThrownBy(() -> read(Outer.class, """
				{"id":"x","last_modified":5,"list":[{"id":"a"},{"id":[]}]}"""))
			.withMessageEndingWith("object 'x': 'list[1].id' is a list that cannot be read as String");
		assertThatExceptionOfType(KintoResponseException.class).isThrownBy(() -> read(Animal.class, """
				{"id":"x","last_modified":5,"kind":"dog"}"""))
			.withMessageEndingWith(
					"object 'x': it cannot be read as DataTests.Animal, because its type id is missing or unknown");
		assertThatExceptionOfType(KintoResponseException.class).isThrownBy(() -> read(Comparable.class, """
				{"id":"x","last_modified":5}"""))
			.withMessageEndingWith("object 'x': Jackson cannot read Comparable because of its definition: read one with"
					+ " the JsonMapper to see the reason");
	}

	@Test
	void tombstoneIsRead() {
		assertThat(Requests.collection()
			.delete("x")
			.read(Responses.json(200, "{\"data\":{\"id\":\"x\",\"last_modified\":5,\"deleted\":true}}")))
			.isEqualTo(new KintoTombstone("x", KintoTimestamp.of(5)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "[]", "5", "{\"data\":[]}", "{\"data\":{\"id\":\"x\"}}",
			"{\"data\":{\"id\":1,\"last_modified\":5}}", "{\"data\":{\"id\":\"x\",\"last_modified\":\"5\"}}",
			"<html>" })
	void malformedTombstoneFails(String body) {
		assertThatExceptionOfType(KintoResponseException.class)
			.isThrownBy(() -> Requests.collection().delete("x").read(Responses.json(200, body)))
			.withMessageContaining("cannot be read as a tombstone");
	}

	private static <T> KintoObject<T> read(Class<T> type, String data) {
		return Requests.collection(type).get("x").read(Responses.json(200, "{\"data\":" + data + "}"));
	}

	private static KintoObject<Map<String, Object>> readMap(String data) {
		return Requests.collection().get("x").read(Responses.json(200, "{\"data\":" + data + "}"));
	}

	private static Map<String, Object> ordered(@Nullable Object... keysAndValues) {
		Map<String, Object> map = new LinkedHashMap<>();
		for (int i = 0; i < keysAndValues.length; i += 2) {
			map.put((String) keysAndValues[i], keysAndValues[i + 1]);
		}
		return map;
	}

	record WithId(@Nullable String id, @Nullable String title, @JsonProperty("last_modified") @Nullable Long version) {
	}

	record OnlyId(String id) {
	}

	record WithUuid(UUID id) {
	}

	record WithEnum(Color id) {
	}

	record WithInstant(String id, @JsonProperty("last_modified") Instant changed) {
	}

	record Outer(String id, WithId inner, List<OnlyId> list) {
	}

	record Camel(String id, Long lastModified, String longTitle) {
	}

	record Tagged<V>(String tag, V value) {
	}

	@JsonInclude(JsonInclude.Include.NON_NULL)
	record PostChanges(@Nullable String title, @Nullable Integer stars) {
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	@JsonSubTypes(@JsonSubTypes.Type(value = Cat.class, name = "cat"))
	interface Animal {

	}

	record Cat(String id, int lives) implements Animal {
	}

	enum Color {

		red

	}

	static class Failing {

		public String getTitle() {
			throw new IllegalStateException("no title today");
		}

	}

	static class Bean {

		public String id = "bean";

		public String title = "B";

		@JsonProperty("last_modified")
		public int version = 4;

	}

	record Money(BigDecimal amount) {
	}

}
