package io.kintospring.client;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names observations of exchanges, and says what is kept with them.
 */
public interface KintoObservationConvention extends ObservationConvention<KintoObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof KintoObservationContext;
	}

}
