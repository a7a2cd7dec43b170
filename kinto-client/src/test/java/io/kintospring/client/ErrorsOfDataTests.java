package io.kintospring.client;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.kintospring.KintoCheckpoint;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTransportException;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.CollectionCalls;
import io.kintospring.protocol.KintoBatch;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ser.std.StdSerializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for errors that a data type throws while it is read or written. The caller gets
 * the exception for unreadable or unwritable data, without the message of the error.
 */
@Timeout(20)
class ErrorsOfDataTests {

	private static final String SECRET = "s3cr3t";

	private static final Duration SOON = Duration.ofSeconds(5);

	private static final KintoTimestamp VERSION = KintoTimestamp.of(1);

	private static final KintoCheckpoint CHECKPOINT = KintoCheckpoint.of(VERSION);

	private static final AtomicReference<Supplier<Error>> FAILURE = new AtomicReference<>();

	private final AtomicInteger requests = new AtomicInteger();

	private final KintoClient client = KintoClient
		.builder((request) -> Mono.fromSupplier(() -> response(request)).subscribeOn(Schedulers.parallel()))
		.timeout(SOON)
		.build();

	@BeforeEach
	void reset() {
		FAILURE.set(AssertionError::new);
	}

	private KintoResponse response(KintoRequest request) {
		this.requests.incrementAndGet();
		String record = "{\"id\":\"x\",\"last_modified\":5,\"value\":\"" + SECRET
				+ "\",\"nested\":{\"inner\":[{\"value\":null},{\"other\":2,\"value\":1,\"last\":[3]}]}}";
		if (request.path().equals("/batch")) {
			String member = "{\"status\":200,\"headers\":{},\"body\":{\"data\":%s}}";
			return Calls.answer(200, "{\"responses\":[" + member.formatted(record) + ","
					+ member.formatted("{\"id\":\"y\",\"last_modified\":5}") + "]}");
		}
		if (request.headers().containsHeader("If-Match")) {
			return Calls.answer(412, "{\"errno\":114,\"details\":{\"existing\":" + record + "}}");
		}
		if (request.path().endsWith("/records")) {
			return Calls.answer(200, "{\"data\":[" + record + "]}", "ETag", "\"5\"");
		}
		return Calls.answer(200, "{\"data\":" + record + "}");
	}

	static List<Supplier<Error>> errors() {
		return List.of(() -> new AssertionError(SECRET), () -> new Error(SECRET), ThreadDeath::new,
				() -> new StackOverflowError(SECRET), () -> new NoClassDefFoundError(SECRET),
				() -> new ExceptionInInitializerError(SECRET), () -> new OutOfMemoryError(SECRET),
				() -> new InternalError(SECRET));
	}

	static Stream<Arguments> reads() {
		CollectionCalls<InConstructor> records = Calls.KINTO.bucket("b").collection("c", InConstructor.class);
		List<Function<KintoClient, Object>> reads = List.of((client) -> client.blocking().execute(records.get("x")),
				(client) -> client.execute(records.get("x")).block(SOON),
				(client) -> client.blocking().execute(records.list()),
				(client) -> client.execute(records.list()).block(SOON),
				(client) -> client.blocking().stream(records.stream()).toList(),
				(client) -> client.stream(records.stream()).collectList().block(SOON),
				(client) -> client.blocking().stream(records.streamInParallel(2)).toList(),
				(client) -> client.stream(records.streamInParallel(2)).collectList().block(SOON),
				(client) -> client.blocking().execute(records.changes(CHECKPOINT)),
				(client) -> client.execute(records.changes(CHECKPOINT)).block(SOON),
				(client) -> client.blocking().stream(records.watch(CHECKPOINT, SOON)).findFirst(),
				(client) -> client.stream(records.watch(CHECKPOINT, SOON)).blockFirst(SOON),
				(client) -> client.blocking().execute(records.update("x", (data) -> data)),
				(client) -> client.execute(records.update("x", (data) -> data)).block(SOON));
		return reads.stream().flatMap((read) -> errors().stream().map((error) -> arguments(read, error)));
	}

	@ParameterizedTest
	@MethodSource("reads")
	void errorWhileReadingIsAResponseException(Function<KintoClient, Object> read, Supplier<Error> error) {
		FAILURE.set(error);
		Throwable failure = catchThrowable(() -> read.apply(this.client));
		assertThat(failure).isInstanceOf(KintoResponseException.class)
			.hasMessageContaining("cannot be read as")
			.hasMessageEndingWith("object 'x': it cannot be read as ErrorsOfDataTests.InConstructor, because of "
					+ error.get().getClass().getName());
		assertThat(stackTrace(failure)).doesNotContain(SECRET).contains("ErrorsOfDataTests$InConstructor.<init>");
	}

	@ParameterizedTest
	@MethodSource("errors")
	void errorWhileReadingAConflictKeepsTheConflict(Supplier<Error> error) {
		FAILURE.set(error);
		KintoCall<?> delete = Calls.KINTO.bucket("b")
			.collection("c", InConstructor.class)
			.delete("x", (w) -> w.lastModified(VERSION));
		for (Throwable failure : List.of(catchThrowable(() -> this.client.blocking().execute(delete)),
				catchThrowable(() -> this.client.execute(delete).block(SOON)))) {
			assertThat(failure).isInstanceOf(KintoConflictException.class);
			assertThat(((KintoConflictException) failure).existing()).isEmpty();
			assertThat(stackTrace(failure)).doesNotContain(SECRET);
		}
	}

	@ParameterizedTest
	@MethodSource("errors")
	void errorWhileReadingABatchMemberKeepsTheOthers(Supplier<Error> error) {
		FAILURE.set(error);
		CollectionCalls<InConstructor> records = Calls.KINTO.bucket("b").collection("c", InConstructor.class);
		KintoCall<?> bad = records.get("x").map((object) -> object);
		KintoCall<?> good = records.get("y");
		KintoBatch batch = Calls.KINTO.batch(List.of(bad, good), (o) -> o.maxRequests(25).collectErrors());
		for (BatchResult result : List.of(this.client.blocking().execute(batch),
				this.client.execute(batch).block(SOON))) {
			assertThat(result.get(good)).isNotNull();
			Throwable failure = catchThrowable(() -> result.get(bad));
			assertThat(failure).isInstanceOf(KintoResponseException.class)
				.hasMessageContaining("object 'x': ")
				.hasMessageContaining(error.get().getClass().getName());
			assertThat(stackTrace(failure)).doesNotContain(SECRET);
		}
	}

	/**
	 * A function of the application that processes the result can throw an error.
	 */
	@ParameterizedTest
	@MethodSource("errors")
	void errorAfterReadingABatchMemberKeepsTheOthers(Supplier<Error> error) {
		CollectionCalls<Map<String, Object>> records = Calls.KINTO.bucket("b").collection("c");
		KintoCall<?> bad = records.get("x").map((object) -> {
			throw error.get();
		});
		KintoCall<?> good = records.get("y");
		KintoBatch batch = Calls.KINTO.batch(List.of(bad, good), (o) -> o.maxRequests(25).collectErrors());
		for (BatchResult result : List.of(this.client.blocking().execute(batch),
				this.client.execute(batch).block(SOON))) {
			assertThat(result.get(good)).isNotNull();
			assertThat(catchThrowable(() -> result.get(bad))).isInstanceOf(KintoResponseException.class)
				.hasMessageContaining(error.get().getClass().getName());
		}
	}

	static List<Arguments> types() {
		return List.of(arguments(InConstructor.class, "it cannot be read as ErrorsOfDataTests.InConstructor"),
				arguments(InSetter.class, "'value' is text that cannot be read as its type"),
				arguments(InFactory.class, "'value' is text that cannot be read as its type"),
				arguments(InDeserializer.class, "'value' is text that cannot be read as its type"),
				arguments(InNested.class, "'nested.inner[1].value' is a number that cannot be read as its type"),
				arguments(ConstructorInNested.class, "'nested.inner[1]' is an object that cannot be read as its type"));
	}

	@ParameterizedTest
	@MethodSource("types")
	void failingFieldIsNamed(Class<?> type, String problem) {
		CollectionCalls<?> records = Calls.KINTO.bucket("b").collection("c", type);
		for (KintoCall<?> call : List.of(records.get("x"), records.list())) {
			assertThat(catchThrowable(() -> this.client.blocking().execute(call)))
				.isInstanceOf(KintoResponseException.class)
				.hasMessageEndingWith("object 'x': " + problem + ", because of java.lang.AssertionError");
		}
		assertThat(catchThrowable(() -> this.client.blocking().execute(records.changes(CHECKPOINT))))
			.isInstanceOf(KintoResponseException.class)
			.hasMessageEndingWith("object 'x': " + problem + ", because of java.lang.AssertionError");
	}

	@ParameterizedTest
	@MethodSource("errors")
	void errorWhileWritingIsAnIllegalArgumentException(Supplier<Error> error) {
		FAILURE.set(error);
		CollectionCalls<Object> records = Calls.KINTO.bucket("b").collection("c", Object.class);
		for (Object data : List.of(new InGetter(), new InSerializer(), Map.of("value", new InGetter()))) {
			for (Supplier<Object> write : List.<Supplier<Object>>of(() -> records.create("x", data),
					() -> records.patch("x", Map.of("a", data)),
					() -> records.jsonPatch("x", (p) -> p.add("/data/a", data)),
					() -> records.list((q) -> q.where("a").is(data)),
					() -> this.client.blocking().execute(records.update("x", (existing) -> data)),
					() -> this.client.execute(records.update("x", (existing) -> data)).block(SOON))) {
				this.requests.set(0);
				assertThatIllegalArgumentException().isThrownBy(write::get)
					.withMessageContaining("cannot be written: ")
					.withMessageContaining(error.get().getClass().getName())
					.satisfies((ex) -> assertThat(stackTrace(ex)).doesNotContain(SECRET));
				assertThat(this.requests).as("the read of an update").hasValueLessThan(2);
			}
		}
	}

	/**
	 * An error of an update function belongs to the application and is not quoted.
	 */
	@ParameterizedTest
	@MethodSource("errors")
	void messageDoesNotQuoteTheErrorOfAnUpdateFunction(Supplier<Error> error) {
		Mono<?> update = this.client.execute(Calls.KINTO.bucket("b").collection("c").update("x", (data) -> {
			throw error.get();
		}));
		Throwable failure = Exceptions.unwrap(catchThrowable(() -> update.block(SOON)));
		assertThat(failure).satisfiesAnyOf((ex) -> assertThat(ex).hasSameClassAs(error.get()),
				(ex) -> assertThat(ex).isInstanceOf(KintoTransportException.class)
					.hasMessageNotContaining(SECRET)
					.hasMessageContaining(error.get().getClass().getName()));
	}

	private static String stackTrace(Throwable ex) {
		StringWriter trace = new StringWriter();
		ex.printStackTrace(new PrintWriter(trace));
		return trace.toString();
	}

	record InConstructor(String value) {

		InConstructor {
			if (value != null) {
				throw FAILURE.get().get();
			}
		}

	}

	static final class InSetter {

		public void setValue(String value) {
			throw FAILURE.get().get();
		}

	}

	record InFactory(Value value) {

		record Value(String text) {

			@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
			static Value of(String text) {
				throw FAILURE.get().get();
			}

		}

	}

	record InDeserializer(@JsonProperty("value") @JsonDeserialize(using = Deserializer.class) String value) {
	}

	record InNested(Outer<Inner> nested) {

		record Outer<I>(List<I> inner) {
		}

		static final class Inner {

			public void setValue(Integer value) {
				if (value != null) {
					throw FAILURE.get().get();
				}
			}

		}

	}

	record ConstructorInNested(InNested.Outer<InConstructor> nested) {
	}

	static final class Deserializer extends StdDeserializer<String> {

		Deserializer() {
			super(String.class);
		}

		@Override
		public String deserialize(JsonParser parser, DeserializationContext context) {
			throw FAILURE.get().get();
		}

	}

	static final class InGetter {

		public String getValue() {
			throw FAILURE.get().get();
		}

	}

	@JsonSerialize(using = Serializer.class)
	static final class InSerializer {

	}

	static final class Serializer extends StdSerializer<InSerializer> {

		Serializer() {
			super(InSerializer.class);
		}

		@Override
		public void serialize(InSerializer value, JsonGenerator generator, SerializationContext context) {
			throw FAILURE.get().get();
		}

	}

}
