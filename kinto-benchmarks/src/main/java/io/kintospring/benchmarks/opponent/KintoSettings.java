package io.kintospring.benchmarks.opponent;

import java.util.concurrent.atomic.LongAdder;

import io.kintospring.KintoUrl;
import io.kintospring.client.KintoTransport;
import io.kintospring.client.WebClientKintoTransport;
import io.kintospring.template.KintoTemplateBuilder;
import io.micrometer.observation.ObservationRegistry;

/**
 * Settings of this project's client, shared by both templates.
 */
final class KintoSettings {

	private KintoSettings() {
	}

	/**
	 * Set a timeout, a signal listener and observations.
	 * @param builder the builder to change
	 * @param url the root URL of the API
	 * @param observations the registry for {@code kinto.client.requests}
	 * @param httpObservations the registry for {@code http.client.requests} of the
	 * {@code WebClient} below the template
	 */
	static <T> KintoTemplateBuilder<T> apply(KintoTemplateBuilder<T> builder, String url,
			ObservationRegistry observations, ObservationRegistry httpObservations) {
		KintoTransport transport = WebClientKintoTransport.builder(KintoUrl.of(url))
			.observationRegistry(httpObservations)
			.maxConnections(Opponent.CONNECTIONS)
			.build();
		LongAdder signals = new LongAdder();
		return builder
			.client((client) -> client.transport(transport)
				.timeout(Opponent.TIMEOUT)
				.observationRegistry(observations)
				.signalListener((signal, server) -> signals.increment()))
			.jsonMapper(Json.MAPPER);
	}

}
