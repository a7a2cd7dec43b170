package io.kintospring.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.kintospring.protocol.CollectionCalls;
import io.kintospring.protocol.KintoBatch;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for errors that Reactor treats as fatal and does not signal. The call must still
 * complete.
 */
@Timeout(20)
class FatalErrorTests {

	private static final Duration SOON = Duration.ofSeconds(5);

	private static final AtomicReference<Supplier<Error>> FAILURE = new AtomicReference<>();

	private static final CollectionCalls<Failing> RECORDS = Calls.KINTO.bucket("b").collection("c", Failing.class);

	private static final CollectionCalls<Map<String, Object>> MAPS = Calls.KINTO.bucket("b").collection("c");

	private final KintoClient client = KintoClient.builder(FatalErrorTests::exchange).timeout(SOON).build();

	private static Mono<KintoResponse> exchange(KintoRequest request) {
		return Mono.fromSupplier(() -> response(request)).subscribeOn(Schedulers.parallel());
	}

	private static KintoResponse response(KintoRequest request) {
		if (request.path().equals("/batch")) {
			return Calls.answer(200, """
					{"responses":[
					 {"status":200,"headers":{},"body":{"data":{"id":"x","last_modified":5,"value":1}}},
					 {"status":200,"headers":{},"body":{"data":{"id":"x","last_modified":5,"value":1}}}
					]}""");
		}
		if (request.path().endsWith("/records")) {
			return Calls.answer(200, "{\"data\":[{\"id\":\"x\",\"last_modified\":5,\"value\":1}]}", "ETag", "\"5\"");
		}
		return Calls.answer(200, "{\"data\":{\"id\":\"x\",\"last_modified\":5,\"value\":1}}");
	}

	/**
	 * Errors of a recursive deserializer, a missing class, and a class that cannot be
	 * initialized.
	 */
	static List<Supplier<Error>> errors() {
		return List.of(StackOverflowError::new, () -> new NoClassDefFoundError("x"),
				() -> new ExceptionInInitializerError("x"), () -> new OutOfMemoryError("x"),
				() -> new InternalError("x"));
	}

	static Stream<Arguments> runs() {
		KintoBatch batch = Calls.KINTO.batch(List.of(RECORDS.get("x"), RECORDS.get("x")), (o) -> o.maxRequests(25));
		KintoBatch stopping = Calls.KINTO.batch(List.of(RECORDS.get("x"), RECORDS.get("x")),
				(o) -> o.maxRequests(25).stopAtFailedRequest());
		List<Function<KintoClient, Object>> runs = List.of((client) -> client.blocking().execute(RECORDS.get("x")),
				(client) -> client.execute(RECORDS.get("x")).block(SOON),
				(client) -> client.blocking().execute(RECORDS.list()),
				(client) -> client.execute(RECORDS.list()).block(SOON),
				(client) -> client.blocking().stream(RECORDS.stream()).toList(),
				(client) -> client.stream(RECORDS.stream()).collectList().block(SOON),
				(client) -> client.blocking().stream(RECORDS.streamInParallel(2)).toList(),
				(client) -> client.stream(RECORDS.streamInParallel(2)).collectList().block(SOON),
				(client) -> client.blocking()
					.stream(RECORDS.streamInParallel(2, (q) -> q.sort("-last_modified")))
					.toList(),
				(client) -> client.stream(RECORDS.streamInParallel(2, (q) -> q.sort("-last_modified")))
					.collectList()
					.block(SOON),
				(client) -> client.blocking().execute(batch), (client) -> client.execute(batch).block(SOON),
				(client) -> client.blocking().execute(stopping), (client) -> client.execute(stopping).block(SOON),
				(client) -> client.blocking().execute(MAPS.update("x", FatalErrorTests::fail)),
				(client) -> client.execute(MAPS.update("x", FatalErrorTests::fail)).block(SOON));
		return runs.stream().flatMap((run) -> errors().stream().map((error) -> Arguments.of(run, error)));
	}

	private static Map<String, Object> fail(Map<String, Object> data) {
		throw FAILURE.get().get();
	}

	@ParameterizedTest
	@MethodSource("runs")
	void everyCallCompletes(Function<KintoClient, Object> run, Supplier<Error> error) {
		FAILURE.set(error);
		Throwable failure = catchThrowable(() -> run.apply(this.client));
		assertThat(failure).isNotNull();
		assertThat(failure).hasStackTraceContaining(error.get().getClass().getName());
		FAILURE.set(null);
		assertThat(this.client.blocking().execute(RECORDS.get("x")).id()).isEqualTo("x");
	}

	@Test
	void fatalErrorOfTheAuthenticationEndsTheCall() {
		for (Supplier<Error> error : errors()) {
			KintoClient failing = KintoClient.builder(FatalErrorTests::exchange).authentication(() -> {
				throw error.get();
			}).build();
			assertThat(catchThrowable(() -> failing.execute(RECORDS.get("x")).block(SOON))).isNotNull()
				.hasMessageNotContaining("Timeout on blocking read");
			assertThat(catchThrowable(() -> failing.blocking().execute(RECORDS.get("x")))).isNotNull();
		}
	}

	@Test
	void fatalErrorOfTheTransportEndsTheCall() {
		for (Supplier<Error> error : errors()) {
			KintoClient failing = KintoClient.builder((request) -> Mono.defer(() -> {
				throw error.get();
			})).build();
			assertThat(catchThrowable(() -> failing.execute(RECORDS.get("x")).block(SOON))).isNotNull()
				.hasMessageNotContaining("Timeout on blocking read");
			assertThat(catchThrowable(() -> failing.blocking().execute(RECORDS.get("x")))).isNotNull();
		}
	}

	/**
	 * Data type that cannot be instantiated.
	 */
	record Failing(int value) {

		@JsonCreator
		static Failing of(int value) {
			Supplier<Error> failure = FAILURE.get();
			if (failure != null) {
				throw failure.get();
			}
			return new Failing(value);
		}

	}

}
