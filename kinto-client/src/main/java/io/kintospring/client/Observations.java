package io.kintospring.client;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.http.HttpHeaders;

/**
 * Observes exchanges, if anybody wants to know.
 */
final class Observations {

	private static final KintoObservationConvention DEFAULT_CONVENTION = new DefaultKintoObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable KintoObservationConvention convention;

	private final String server;

	Observations(ObservationRegistry registry, @Nullable KintoObservationConvention convention, String server) {
		this.registry = registry;
		this.convention = convention;
		this.server = server;
	}

	Mono<KintoResponse> observe(KintoRequest request, Function<KintoRequest, Mono<KintoResponse>> exchange) {
		if (this.registry.isNoop()) {
			return exchange.apply(request);
		}
		return Mono.deferContextual((view) -> {
			KintoObservationContext context = new KintoObservationContext(request, this.server);
			Observation observation = start(context, view);
			AtomicBoolean stopped = new AtomicBoolean();
			Runnable stop = () -> {
				if (stopped.compareAndSet(false, true)) {
					observation.stop();
				}
			};
			return exchange.apply(propagating(request, context)).doOnNext((response) -> {
				context.setResponse(response);
				stop.run();
			}).doOnError((ex) -> {
				observation.error(ex);
				stop.run();
			}).doOnCancel(stop).contextWrite((written) -> written.put(ObservationThreadLocalAccessor.KEY, observation));
		});
	}

	/**
	 * Where nothing else is said, the observation that the thread is in is the parent.
	 */
	private Observation start(KintoObservationContext context, ContextView view) {
		Observation observation = KintoObservationDocumentation.REQUEST.observation(this.convention, DEFAULT_CONVENTION,
				() -> context, this.registry);
		Observation parent = view.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
		if (parent != null) {
			observation.parentObservation(parent);
		}
		return observation.start();
	}

	private static KintoRequest propagating(KintoRequest request, KintoObservationContext context) {
		HttpHeaders headers = context.getCarrier();
		return (headers == null || headers.isEmpty()) ? request
				: request.withHeaders((changed) -> changed.putAll(headers));
	}

}
