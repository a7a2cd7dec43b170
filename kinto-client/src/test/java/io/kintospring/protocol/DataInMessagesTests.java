package io.kintospring.protocol;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoException;
import io.kintospring.KintoOptions;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoTimestamp;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Messages of exceptions, causes and suppressed exceptions contain no data of records.
 */
class DataInMessagesTests {

	private static final String SECRET = "s3cr3t";

	private static final String NUMBER = "94611894611";

	static Stream<Arguments> messageOmitsDataOfUnreadableRecord() {
		List<Arguments> records = List.of(arguments(Typed.class, "\"number\":" + NUMBER),
				arguments(Typed.class, "\"number\":" + NUMBER + NUMBER + NUMBER),
				arguments(Typed.class, "\"number\":" + NUMBER + ".5e400"),
				arguments(Typed.class, "\"number\":\"" + SECRET + "\""),
				arguments(Typed.class, "\"number\":[\"" + SECRET + "\"]"),
				arguments(Typed.class, "\"color\":\"" + SECRET + "\""), arguments(Typed.class, "\"color\":" + NUMBER),
				arguments(Typed.class, "\"at\":\"" + SECRET + "\""),
				arguments(Typed.class, "\"uuid\":\"" + SECRET + "\""),
				arguments(Typed.class, "\"byColor\":{\"k\":\"" + SECRET + "\"}"),
				arguments(Typed.class, "\"list\":[{\"number\":\"" + SECRET + "\"}]"),
				arguments(Typed.class, "\"list\":\"" + SECRET + "\""), arguments(Typed.class, "\"title\":" + SECRET),
				arguments(Typed.class, "\"title\":\"" + SECRET),
				arguments(Typed.class, "\"title\":\"" + SECRET + "\n\""),
				arguments(Typed.class, "\"title\":\"" + SECRET + "\\x\""),
				arguments(Typed.class, "\"title\":\"" + SECRET + "\" \"" + SECRET + "\""),
				arguments(Typed.class, "\"number\":" + NUMBER + "x"),
				arguments(Throwing.class, "\"text\":\"" + SECRET + "\""),
				arguments(ThrowingFactory.class, "\"text\":\"" + SECRET + "\""),
				arguments(ThrowingSetter.class, "\"text\":\"" + SECRET + "\""),
				arguments(Custom.class, "\"text\":\"" + SECRET + "\""),
				arguments(Animal.class, "\"kind\":\"" + SECRET + "\""),
				arguments(NoCreator.class, "\"text\":\"" + SECRET + "\""),
				arguments(Typed.class, "\"noCreator\":\"" + SECRET + "\""));
		return mappers().entrySet()
			.stream()
			.flatMap((mapper) -> records.stream()
				.map((record) -> arguments(mapper.getKey(), mapper.getValue(), record.get()[0], record.get()[1])));
	}

	private static Map<String, JsonMapper> mappers() {
		Map<String, JsonMapper> mappers = new LinkedHashMap<>();
		mappers.put("plain", new JsonMapper());
		mappers.put("unwrapped exceptions",
				JsonMapper.builder()
					.disable(DeserializationFeature.WRAP_EXCEPTIONS)
					.disable(SerializationFeature.WRAP_EXCEPTIONS)
					.build());
		mappers.put("source in location",
				JsonMapper.builder().enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build());
		return mappers;
	}

	@ParameterizedTest(name = "{2} {3} with {0}")
	@MethodSource
	void messageOmitsDataOfUnreadableRecord(String name, JsonMapper mapper, Class<?> type, String json) {
		CollectionCalls<?> collection = calls(mapper, type);
		String record = "{" + json + ",\"id\":\"x\",\"last_modified\":5}";
		String single = "{\"data\":" + record + "}";
		KintoTimestamp since = KintoTimestamp.of(1);
		for (ThrowingCallable read : List.<ThrowingCallable>of(
				() -> collection.get("x").read(Responses.json(200, single)),
				() -> collection.list().read(Responses.page("[" + record + "]")),
				() -> collection.list((q) -> q.since(since)).read(Responses.page("[" + record + "]")),
				() -> next(collection, record),
				() -> collection.get("x").map((object) -> object).read(Responses.json(201, single)))) {
			Throwable ex = catchThrowable(read);
			assertThat(ex).isInstanceOf(KintoResponseException.class);
			assertThat(stackTrace(ex)).doesNotContain(SECRET, NUMBER);
			assertThat(((KintoResponseException) ex).response().body()).contains(json);
		}
		KintoConflictException conflict = catchThrowableOfType(KintoConflictException.class, () -> collection.get("x")
			.read(Responses.json(412, "{\"errno\":114,\"message\":\"M\",\"details\":{\"existing\":" + record + "}}")));
		assertThat(stackTrace(conflict)).doesNotContain(SECRET, NUMBER);
	}

	/**
	 * Covers errors of one call and of the whole batch.
	 */
	@Test
	void messageOmitsDataOfUnreadableRecordInBatch() {
		CollectionCalls<Typed> collection = calls(new JsonMapper(), Typed.class);
		KintoCall<?> get = collection.get("x");
		for (String member : List.of(
				"{\"status\":200,\"headers\":{},\"body\":{\"data\":{\"id\":\"x\",\"last_modified\":5,"
						+ "\"number\":\"s3cr3t\"}}}",
				"{\"status\":200,\"headers\":{},\"body\":\"s3cr3t\"}",
				"{\"status\":502,\"headers\":{\"Content-Type\":\"s3cr3t\"},\"body\":\"<html>s3cr3t\"}",
				"{\"status\":400,\"headers\":{},\"body\":{\"errno\":107,\"message\":\"s3cr3t in body: s3cr3t\",\"details\":"
						+ "[{\"location\":\"body\",\"name\":\"data.title\",\"description\":\"s3cr3t is no number\"}]}}",
				"{\"status\":412,\"headers\":{},\"body\":{\"details\":{\"existing\":{\"number\":\"s3cr3t\"}}}}",
				"{\"status\":\"s3cr3t\",\"headers\":{},\"body\":{}}", "{\"status\":200,\"headers\":\"s3cr3t\"}",
				"\"s3cr3t\"", "{\"status\":200,\"body\":s3cr3t}", "{\"status\":200,\"body\":\"s3cr3t", "")) {
			KintoBatch batch = Requests.kinto().batch(List.of(get), (o) -> o.maxRequests(25).collectErrors());
			Throwable ex = catchThrowable(() -> batch
				.result(false,
						batch.chunks()
							.get(0)
							.request()
							.read(Responses.json(200, "{\"responses\":[" + member + "]}"))
							.outcomes())
				.get(get));
			assertThat(ex).as(member).isInstanceOf(KintoException.class);
			assertThat(stackTrace(ex)).doesNotContain(SECRET);
		}
	}

	private static void next(CollectionCalls<?> collection, String record) {
		Iterator<?> records = collection.stream()
			.first()
			.read(Responses.page("[" + record + "]"))
			.elements()
			.iterator();
		records.next();
	}

	@Test
	void redactedCausesKeepTypesAndStackTraces() {
		Throwable ex = catchThrowable(() -> calls(new JsonMapper(), Throwing.class).get("x")
			.read(Responses.json(200, "{\"data\":{\"id\":\"x\",\"last_modified\":5,\"text\":\"" + SECRET + "\"}}")));
		assertThat(ex).hasMessageEndingWith("object 'x': it cannot be read as DataInMessagesTests.Throwing, because of"
				+ " java.lang.ArithmeticException");
		String trace = stackTrace(ex);
		assertThat(trace).contains("Caused by: tools.jackson.databind.exc.ValueInstantiationException (message omitted")
			.contains("Caused by: java.lang.IllegalStateException (message omitted")
			.contains("Caused by: java.lang.ArithmeticException (message omitted")
			.contains("Suppressed: java.lang.UnsupportedOperationException (message omitted")
			.contains("DataInMessagesTests$Throwing.<init>(DataInMessagesTests.java:");
	}

	@Test
	void circularCausesAreRedacted() {
		Throwable ex = catchThrowable(() -> calls(new JsonMapper(), Circular.class).get("x")
			.read(Responses.json(200, "{\"data\":{\"id\":\"x\",\"last_modified\":5,\"text\":\"" + SECRET + "\"}}")));
		assertThat(ex).isInstanceOf(KintoResponseException.class);
		assertThat(stackTrace(ex)).doesNotContain(SECRET);
	}

	/**
	 * Covers exceptions of Jackson and of the reader.
	 */
	@Test
	void messageOmitsExceptionsOfCustomReader() {
		KintoRequest request = Requests.collection().get("x").request();
		for (KintoCall<?> call : List.<KintoCall<?>>of(
				KintoCall.of(request, (response) -> new JsonMapper().readValue(response.body(), Typed.class)),
				KintoCall.of(request, (response) -> {
					throw new IllegalArgumentException(SECRET, new IllegalStateException(SECRET));
				}))) {
			Throwable ex = catchThrowable(() -> call.read(Responses.json(200, "{\"number\":\"" + SECRET + "\"}")));
			assertThat(ex).isInstanceOf(KintoResponseException.class)
				.hasMessageStartingWith("getRecord GET /buckets/b/collections/c/records/x: the response (200,"
						+ " application/json) cannot be read as the expected result: ");
			assertThat(stackTrace(ex)).doesNotContain(SECRET);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "<pre>Authorization: Basic s3cr3t</pre>", "Authorization: Basic s3cr3t", "\"s3cr3t\"",
			"{\"message\":\"s3cr3t\"}", "{\"error\":\"s3cr3t\",\"message\":{\"a\":\"s3cr3t\"}}",
			"{\"details\":[{\"location\":\"s3cr3t\",\"name\":\"s3cr3t\",\"description\":\"s3cr3t\"}]}",
			"{\"errno\":\"s3cr3t\",\"message\":\"s3cr3t\"}", "s3cr3t" })
	void messageOmitsForeignResponse(String body) {
		CollectionCalls<Typed> collection = calls(new JsonMapper(), Typed.class);
		for (int status : List.of(200, 302, 304, 400, 401, 403, 404, 407, 409, 412, 500, 502, 503)) {
			KintoResponse response = Responses.json(status, body);
			response.headers().set("Content-Type", "text/html;a=" + SECRET);
			response.headers().set("Location", "http://h/" + SECRET);
			for (KintoCall<?> call : List.<KintoCall<?>>of(collection.get("x"), collection.list(),
					collection.delete("x"), Requests.kinto().fetchServerInfo(),
					Requests.kinto().bucket("b").groups().get("g"), Requests.kinto().fetchHeartbeat())) {
				Throwable ex = catchThrowable(() -> call.read(response));
				assertThat(ex).isInstanceOf(KintoResponseException.class);
				assertThat(stackTrace(ex)).doesNotContain(SECRET);
				assertThat(((KintoResponseException) ex).response().body()).isEqualTo(body);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html;a=s3cr3t", "s3cr3t", "text/html;s3cr3t", "a b/s3cr3t" })
	void messageOmitsMediaTypeParameters(String contentType) {
		KintoResponse response = Responses.html(502, "<html>");
		response.headers().set("Content-Type", contentType);
		assertThat(catchThrowable(() -> Requests.collection().get("x").read(response))).hasMessageNotContaining(SECRET);
	}

	@Test
	void messageOmitsUnwritableData() {
		for (JsonMapper mapper : mappers().values()) {
			CollectionCalls<Object> collection = calls(mapper, Object.class);
			for (ThrowingCallable write : List.<ThrowingCallable>of(() -> collection.create(new ThrowingGetter()),
					() -> collection.patch("x", Map.of("a", new ThrowingGetter())),
					() -> collection.jsonPatch("x", (p) -> p.add("/data/a", new ThrowingGetter())),
					() -> collection.list((q) -> q.where("a").is(new ThrowingGetter())),
					() -> collection.list((q) -> q.where("a").in(SECRET + ",")),
					() -> collection.list((q) -> q.where("a").notIn(List.of(List.of(SECRET)))),
					() -> collection.create(Map.of("id", List.of(SECRET))),
					() -> collection.create(Map.of("last_modified", SECRET)))) {
				Throwable ex = catchThrowable(write);
				assertThat(ex).isInstanceOf(IllegalArgumentException.class);
				assertThat(stackTrace(ex)).doesNotContain(SECRET);
			}
			assertThat(stackTrace(catchThrowable(() -> collection.create(new ThrowingGetter()))))
				.contains("DataInMessagesTests$ThrowingGetter.getText(DataInMessagesTests.java:");
		}
	}

	private static <T> CollectionCalls<T> calls(JsonMapper mapper, Class<T> type) {
		return new KintoCalls(mapper, KintoOptions.of(), "default").bucket("b").collection("c", type);
	}

	private static String stackTrace(Throwable ex) {
		StringWriter trace = new StringWriter();
		ex.printStackTrace(new PrintWriter(trace));
		return trace.toString();
	}

	record Typed(int number, Color color, Instant at, UUID uuid, Map<Color, Integer> byColor, List<Typed> list,
			String title, NoCreator noCreator) {
	}

	enum Color {

		RED

	}

	static final class Throwing {

		@JsonCreator
		Throwing(@JsonProperty("text") String text) {
			RuntimeException ex = new IllegalStateException(text, new ArithmeticException(text));
			ex.addSuppressed(new UnsupportedOperationException(text));
			throw ex;
		}

	}

	static final class ThrowingFactory {

		@JsonCreator
		static ThrowingFactory of(Map<String, Object> values) {
			throw new IllegalArgumentException("bad: " + values);
		}

	}

	static final class ThrowingSetter {

		public void setText(String text) {
			throw new IllegalArgumentException(text);
		}

	}

	static final class ThrowingGetter {

		public String getText() {
			throw new IllegalStateException(SECRET, new IllegalArgumentException(SECRET));
		}

	}

	static final class Circular {

		@JsonCreator
		Circular(@JsonProperty("text") String text) {
			RuntimeException one = new IllegalStateException(text);
			RuntimeException two = new IllegalStateException(text, one);
			one.initCause(two);
			throw one;
		}

	}

	@JsonDeserialize(using = CustomDeserializer.class)
	static final class Custom {

	}

	static final class CustomDeserializer extends StdDeserializer<Custom> {

		CustomDeserializer() {
			super(Custom.class);
		}

		@Override
		public Custom deserialize(JsonParser parser, DeserializationContext context) {
			return (Custom) context.handleWeirdStringValue(Custom.class, context.readTree(parser).toString(),
					"%s is bad", SECRET);
		}

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	@JsonSubTypes(@JsonSubTypes.Type(value = Cat.class, name = "cat"))
	interface Animal {

	}

	record Cat(String id) implements Animal {
	}

	interface NoCreator {

	}

}
