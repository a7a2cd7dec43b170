package io.kintospring.benchmarks.opponent;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;

/**
 * Factory for observation registries that record timers, as in an application with
 * Micrometer.
 */
final class Metrics {

	private Metrics() {
	}

	static ObservationRegistry observations() {
		return observations(new SimpleMeterRegistry());
	}

	static ObservationRegistry observations(MeterRegistry meters) {
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
		return observations;
	}

}
