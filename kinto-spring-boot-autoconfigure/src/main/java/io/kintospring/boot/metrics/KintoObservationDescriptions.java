package io.kintospring.boot.metrics;

import java.util.Map;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;

/**
 * Filter that describes the meters of observed requests. Micrometer creates them without
 * a description, which is the {@code HELP} of Prometheus.
 */
public final class KintoObservationDescriptions implements MeterFilter {

	private static final Map<String, String> DESCRIPTIONS = Map.of("kinto.client.requests",
			"Duration of requests to Kinto, until the response is read", "kinto.client.requests.active",
			"Duration of the requests to Kinto that are in flight");

	@Override
	public Meter.Id map(Meter.Id id) {
		String description = DESCRIPTIONS.get(id.getName());
		return (description == null || id.getDescription() != null) ? id : new Meter.Id(id.getName(),
				Tags.of(id.getTagsAsIterable()), id.getBaseUnit(), description, id.getType());
	}

}
