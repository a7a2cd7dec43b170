package io.kintospring.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoOptions;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoNotSentException;
import io.kintospring.KintoTransportException;
import io.kintospring.protocol.KintoBatchException;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.template.Flavour;
import io.kintospring.template.KintoOperations;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert.TestObservationRegistryAssertReturningObservationContextAssert;
import io.micrometer.observation.transport.SenderContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the observations of requests.
 */
@ParameterizedClass
@EnumSource
@Timeout(20)
class ObservationTests {

	private static final String NAME = "kinto.client.requests";

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final List<KintoRequest> sent = new ArrayList<>();

	@Parameter
	private Flavour flavour;

	@Test
	void requestIsObservedWithItsOperation() {
		kinto(Mono.just(Calls.found())).bucket("b").attributes().get();
		observed().hasContextualNameEqualTo("kinto getBucket")
			.hasLowCardinalityKeyValue("operation", "getBucket")
			.hasLowCardinalityKeyValue("method", "GET")
			.hasLowCardinalityKeyValue("uri", "/buckets/{bucket}")
			.hasLowCardinalityKeyValue("status", "200")
			.hasLowCardinalityKeyValue("outcome", "SUCCESS")
			.hasLowCardinalityKeyValue("errno", "none")
			.hasLowCardinalityKeyValue("exception", "none")
			.hasHighCardinalityKeyValue("bucket", "b")
			.hasHighCardinalityKeyValue("path", "/buckets/b");
	}

	@ParameterizedTest
	@CsvSource({ "/,,,", "/batch,,,", "/accounts/ann,,,", "/buckets,,,", "/buckets/b,b,,", "/buckets/b/history,b,,",
			"/buckets/b/collections,b,,", "/buckets/b/collections/c,b,c,", "/buckets/b/collections/c/records,b,c,",
			"/buckets/b/collections/c/records/r,b,c,r", "/buckets/b/collections/c/records/r/attachment,b,c,r",
			"/buckets/b/groups/g,b,,g", "/buckets/groups/collections/records/records/buckets,groups,records,buckets",
			"/x-17/b/collections/c,,," })
	void idsAreHighCardinalityValues(String path, String bucket, String collection, String id) {
		client(Mono.just(Calls.found())).blocking()
			.execute(KintoCall.of(KintoRequest.of("own", HttpMethod.GET, path), KintoResponse::status));
		Map<String, String> values = new TreeMap<>();
		values.put("path", path);
		Map.of("bucket", Optional.ofNullable(bucket), "collection", Optional.ofNullable(collection), "id",
				Optional.ofNullable(id))
			.forEach((key, value) -> value.ifPresent((present) -> values.put(key, present)));
		observed().satisfies((context) -> assertThat(context.getHighCardinalityKeyValues().stream())
			.allSatisfy((value) -> assertThat(values).containsEntry(value.getKey(), value.getValue()))
			.hasSameSizeAs(values.keySet()));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"errno":121}     | 121
			{"errno":999}     | 999
			{"errno":1000}    | UNKNOWN
			{"errno":2000000} | UNKNOWN
			{"errno":0}       | UNKNOWN
			{"errno":-5}      | UNKNOWN
			{"errno":"121"}   | none
			<html>            | none
			""")
	void errorNumberIsALowCardinalityValue(String body, String errno) {
		KintoOperations kinto = kinto(Mono.just(Calls.answer(403, body)));
		assertThatExceptionOfType(KintoAccessDeniedException.class)
			.isThrownBy(() -> kinto.bucket("b").attributes().get());
		observed().hasLowCardinalityKeyValue("errno", errno);
	}

	@Test
	void conventionOfTheApplicationCanReadTheIds() {
		KintoClient client = KintoClient.builder((request) -> Mono.just(Calls.found()))
			.observationRegistry(this.registry)
			.observationConvention(new DefaultKintoObservationConvention() {

				@Override
				public KeyValues getLowCardinalityKeyValues(KintoObservationContext context) {
					return super.getLowCardinalityKeyValues(context).and("tenant",
							String.valueOf(context.getIds().bucket()));
				}

			})
			.build();
		client.blocking().execute(Calls.GET);
		observed().hasLowCardinalityKeyValue("tenant", "b").hasLowCardinalityKeyValue("operation", "getBucket");
	}

	@Test
	void errorResponseIsCountedByItsStatus() {
		assertThat(kinto(Mono.just(Calls.answer(404, "{\"errno\":110,\"details\":{\"id\":\"b\"}}"))).bucket("b")
			.collection("c")
			.find("r")).isEmpty();
		observed().hasLowCardinalityKeyValue("status", "404")
			.hasLowCardinalityKeyValue("outcome", "CLIENT_ERROR")
			.hasLowCardinalityKeyValue("errno", "110")
			.doesNotHaveError();
	}

	@Test
	void requestWithoutResponseIsAnError() {
		KintoOperations kinto = kinto(Mono.error(new IOException("reset")));
		assertThatExceptionOfType(KintoTransportException.class).isThrownBy(() -> kinto.bucket("b").attributes().get());
		observed().hasLowCardinalityKeyValue("status", "none")
			.hasLowCardinalityKeyValue("outcome", "UNKNOWN")
			.hasLowCardinalityKeyValue("exception", "IOException")
			.hasError();
	}

	@Test
	void failedAuthenticationIsAnError() {
		KintoClient client = KintoClient.builder((request) -> Mono.just(Calls.found()))
			.observationRegistry(this.registry)
			.authentication(() -> Mono.error(new IOException("no token")))
			.build();
		assertThatExceptionOfType(KintoNotSentException.class)
			.isThrownBy(() -> this.flavour.template(client, Calls.KINTO).bucket("b").attributes().get());
		observed().hasLowCardinalityKeyValue("status", "none").hasError();
	}

	@Test
	void currentObservationIsTheParent() {
		KintoOperations kinto = kinto(Mono.just(Calls.found()));
		Observation outer = Observation.start("outer", this.registry);
		outer.scoped(() -> kinto.bucket("b").attributes().get());
		outer.stop();
		observed().hasParentObservationEqualTo(outer);
	}

	/**
	 * The WebClient observes the exchange, and only its trace headers are sent.
	 */
	@Test
	void exchangeIsAChildAndContinuesTheTrace() throws IOException {
		this.registry.observationConfig().observationHandler(new Tracing());
		try (RawServer server = RawServer.answering("HTTP/1.1 200 OK", "Content-Length: 37", "Connection: close", "",
				"{\"data\":{\"id\":\"b\",\"last_modified\":5}}");
				KintoClient client = KintoClient.builder(server.url().toString())
					.observationRegistry(this.registry)
					.build()) {
			this.flavour.template(client, KintoCalls.defaults()).bucket("b").attributes().get();
			// the observation of the WebClient stops after the result is emitted
			await().untilAsserted(() -> assertThat(this.registry).hasNumberOfObservationsEqualTo(2)
				.hasObservationWithNameEqualTo("http.client.requests")
				.that()
				.hasBeenStopped()
				.hasLowCardinalityKeyValue("uri", "/v1/buckets/{bucket}")
				.hasParentObservationContextMatching((parent) -> parent instanceof KintoObservationContext));
			observed().hasLowCardinalityKeyValue("server", server.url().toString().replaceAll("http://|/v1", ""));
			assertThat(server.requests().get(0)).containsOnlyOnce("traceparent: http.client.requests\r\n");
		}
	}

	@Test
	void errorOfTheCallerIsTheErrorOfTheObservation() {
		KintoOperations kinto = kinto(Mono.just(Calls.answer(404, "{\"errno\":110}")));
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> kinto.bucket("b").attributes().get());
		observed().hasLowCardinalityKeyValue("status", "404")
			.hasLowCardinalityKeyValue("exception", "KintoNotFoundException")
			.assertThatError()
			.isInstanceOf(KintoNotFoundException.class);
	}

	@Test
	void unreadableResponseIsAnError() {
		KintoOperations kinto = kinto(Mono.just(Calls.answer(200, "<html>")));
		assertThatExceptionOfType(KintoResponseException.class).isThrownBy(() -> kinto.bucket("b").attributes().get());
		observed().hasLowCardinalityKeyValue("outcome", "SUCCESS")
			.hasLowCardinalityKeyValue("exception", "KintoResponseException");
	}

	@Test
	void batchIsObservedWithItsResponse() {
		KintoClient client = client(Mono.just(Calls.answer(503, "{\"errno\":201}")));
		assertThatExceptionOfType(KintoBatchException.class).isThrownBy(() -> client.blocking()
			.execute(Calls.KINTO.batch(List.of(Calls.GET, Calls.KINTO.bucket("c").attributes().get()),
					(o) -> o.maxRequests(2))));
		observed().hasLowCardinalityKeyValue("uri", "/batch")
			.hasLowCardinalityKeyValue("status", "503")
			.hasLowCardinalityKeyValue("errno", "201");
	}

	@Test
	void errorOfAPageIsTheErrorOfTheObservation() {
		KintoOperations kinto = kinto(Mono.just(Calls.answer(403, "{\"errno\":121}")));
		assertThatExceptionOfType(KintoAccessDeniedException.class)
			.isThrownBy(() -> kinto.bucket("b").collection("c").stream().toList());
		observed().hasLowCardinalityKeyValue("exception", "KintoAccessDeniedException");
	}

	@Test
	void unknownPathsAreNotLowCardinalityValues() {
		KintoClient client = client(Mono.just(Calls.found()));
		Map.of("/x-17", "/**", "/x-17/y", "/**", "/buckets/b/x-17", "/buckets/{bucket}/**", "/buckets/b/x-17/y",
				"/buckets/{bucket}/**", "/buckets/b/collections/c/records/r/x-17",
				"/buckets/{bucket}/collections/{collection}/records/{record}/**", "/buckets/b/history",
				"/buckets/{bucket}/history", "/", "/")
			.forEach((path, route) -> {
				this.registry.clear();
				client.blocking()
					.execute(KintoCall.of(KintoRequest.of("own", HttpMethod.GET, path), KintoResponse::status));
				observed().hasLowCardinalityKeyValue("uri", route);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "start", "error", "stop", "convention" })
	void failingHandlerDoesNotAffectTheCall(String where) {
		this.registry.observationConfig().observationHandler(new Failing(where));
		if (where.equals("convention")) {
			this.registry.observationConfig().observationConvention(new FailingConvention());
		}
		assertThat(kinto(Mono.just(Calls.found())).bucket("b").attributes().get().id()).isEqualTo("b");
		KintoOperations missing = kinto(Mono.just(Calls.answer(404, "{\"errno\":110}")));
		assertThatExceptionOfType(KintoNotFoundException.class)
			.isThrownBy(() -> missing.bucket("b").attributes().get());
	}

	private TestObservationRegistryAssertReturningObservationContextAssert observed() {
		return assertThat(this.registry).hasNumberOfObservationsWithNameEqualTo(NAME, 1)
			.hasObservationWithNameEqualTo(NAME)
			.that()
			.hasBeenStopped();
	}

	private KintoOperations kinto(Mono<KintoResponse> answer) {
		return this.flavour.template(client(answer), new KintoCalls(new JsonMapper(), KintoOptions.of(), "default"));
	}

	private KintoClient client(Mono<KintoResponse> answer) {
		return KintoClient.builder((request) -> {
			this.sent.add(request);
			return answer;
		}).observationRegistry(this.registry).build();
	}

	@Test
	void observationInTheReactorContextIsTheParent() {
		Observation outer = Observation.start("outer", this.registry);
		client(Mono.just(Calls.found())).execute(Calls.GET)
			.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, outer))
			.block(Duration.ofSeconds(5));
		observed().hasParentObservationEqualTo(outer);
	}

	@Test
	void cancelledRequestIsStopped() {
		Disposable subscription = client(Mono.never()).execute(Calls.GET).subscribe();
		subscription.dispose();
		observed().hasLowCardinalityKeyValue("status", "none");
	}

	private static final class Tracing implements ObservationHandler<Observation.Context> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof SenderContext<?>;
		}

		@Override
		@SuppressWarnings("unchecked")
		public void onStart(Observation.Context context) {
			SenderContext<Object> sender = (SenderContext<Object>) context;
			sender.getSetter().set(sender.getCarrier(), "traceparent", String.valueOf(context.getName()));
		}

	}

	private record Failing(String where) implements ObservationHandler<KintoObservationContext> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof KintoObservationContext;
		}

		@Override
		public void onStart(KintoObservationContext context) {
			failIf("start");
		}

		@Override
		public void onError(KintoObservationContext context) {
			failIf("error");
		}

		@Override
		public void onStop(KintoObservationContext context) {
			failIf("stop");
		}

		private void failIf(String here) {
			if (this.where.equals(here)) {
				throw new IllegalStateException("handler");
			}
		}

	}

	private static final class FailingConvention extends DefaultKintoObservationConvention
			implements GlobalObservationConvention<KintoObservationContext> {

		@Override
		public KeyValues getLowCardinalityKeyValues(KintoObservationContext context) {
			throw new IllegalStateException("convention");
		}

	}

}
