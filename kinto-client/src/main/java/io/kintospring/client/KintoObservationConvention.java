package io.kintospring.client;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Convention for the names and values of the observations of requests.
 *
 * @see KintoClient.Builder#observationConvention(KintoObservationConvention)
 * @see DefaultKintoObservationConvention
 */
public interface KintoObservationConvention extends ObservationConvention<KintoObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof KintoObservationContext;
	}

}
