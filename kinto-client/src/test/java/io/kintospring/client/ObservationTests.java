package io.kintospring.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.kintospring.KintoOptions;
import io.kintospring.KintoTransportException;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.template.Flavour;
import io.kintospring.template.KintoOperations;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert.TestObservationRegistryAssertReturningObservationContextAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What those who watch an application see of its requests.
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
	void requestIsObservedAsWhatItIsToKinto() {
		kinto(Mono.just(Calls.found())).bucket("b").getData();
		observed().hasContextualNameEqualTo("kinto getData")
			.hasLowCardinalityKeyValue("operation", "getData")
			.hasLowCardinalityKeyValue("method", "GET")
			.hasLowCardinalityKeyValue("uri", "/buckets/{bucket}")
			.hasLowCardinalityKeyValue("status", "200")
			.hasLowCardinalityKeyValue("outcome", "SUCCESS")
			.hasLowCardinalityKeyValue("exception", "none")
			.hasHighCardinalityKeyValue("path", "/buckets/b");
	}

	@Test
	void answerThatIsAnErrorIsCountedByItsStatus() {
		assertThat(kinto(Mono.just(Calls.answer(404, "{\"errno\":110,\"details\":{\"id\":\"b\"}}"))).bucket("b")
			.collection("c")
			.findRecord("r")).isEmpty();
		observed().hasLowCardinalityKeyValue("status", "404")
			.hasLowCardinalityKeyValue("outcome", "CLIENT_ERROR")
			.doesNotHaveError();
	}

	@Test
	void requestWithoutAnAnswerIsAnError() {
		KintoOperations kinto = kinto(Mono.error(new IOException("reset")));
		assertThatExceptionOfType(KintoTransportException.class).isThrownBy(() -> kinto.bucket("b").getData());
		observed().hasLowCardinalityKeyValue("status", "none")
			.hasLowCardinalityKeyValue("outcome", "UNKNOWN")
			.hasLowCardinalityKeyValue("exception", "IOException")
			.hasError();
	}

	@Test
	void observationOfTheCallerIsTheParent() {
		KintoOperations kinto = kinto(Mono.just(Calls.found()));
		Observation outer = Observation.start("outer", this.registry);
		outer.scoped(() -> kinto.bucket("b").getData());
		outer.stop();
		observed().hasParentObservationEqualTo(outer);
	}

	@Test
	void whatATraceIsContinuedByIsSentAlong() {
		this.registry.observationConfig().observationHandler(new Tracing());
		kinto(Mono.just(Calls.found())).bucket("b").getData();
		assertThat(this.sent).singleElement()
			.satisfies((request) -> assertThat(request.headers().getFirst("traceparent")).isEqualTo("00-1-2-01"));
	}

	private TestObservationRegistryAssertReturningObservationContextAssert observed() {
		return assertThat(this.registry).hasNumberOfObservationsWithNameEqualTo(NAME, 1)
			.hasObservationWithNameEqualTo(NAME)
			.that()
			.hasBeenStopped();
	}

	private KintoOperations kinto(Mono<KintoResponse> answer) {
		return this.flavour.template(client(answer), new KintoCalls(new JsonMapper(), KintoOptions.none(), "default"));
	}

	private KintoClient client(Mono<KintoResponse> answer) {
		return KintoClient.builder((request) -> {
			this.sent.add(request);
			return answer;
		}).observationRegistry(this.registry).build();
	}

	@Test
	void observationOfTheContextIsTheParent() {
		Observation outer = Observation.start("outer", this.registry);
		client(Mono.just(Calls.found())).execute(Calls.GET)
			.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, outer))
			.block(Duration.ofSeconds(5));
		observed().hasParentObservationEqualTo(outer);
	}

	@Test
	void requestThatNobodyWaitsForAnyMoreIsStopped() {
		Disposable subscription = client(Mono.never()).execute(Calls.GET).subscribe();
		subscription.dispose();
		observed().hasLowCardinalityKeyValue("status", "none");
	}

	private static final class Tracing implements ObservationHandler<KintoObservationContext> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof KintoObservationContext;
		}

		@Override
		public void onStart(KintoObservationContext context) {
			context.getSetter().set(context.getCarrier(), "traceparent", "00-1-2-01");
		}

	}

}
