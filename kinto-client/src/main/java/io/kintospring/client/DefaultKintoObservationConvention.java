package io.kintospring.client;

import io.kintospring.KintoTransportException;
import io.kintospring.client.KintoObservationDocumentation.HighCardinalityKeyNames;
import io.kintospring.client.KintoObservationDocumentation.LowCardinalityKeyNames;
import io.kintospring.protocol.KintoResponse;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

import org.springframework.http.HttpStatus;

/**
 * Default {@link KintoObservationConvention}. Subclasses can override single names and
 * values.
 *
 * @see KintoObservationDocumentation
 */
public class DefaultKintoObservationConvention implements KintoObservationConvention {

	/** Value of a key without a value. */
	private static final String NONE = "none";

	private static final KeyValue SUCCESS = KeyValue.of(LowCardinalityKeyNames.OUTCOME, "SUCCESS");

	private static final KeyValue NO_EXCEPTION = KeyValue.of(LowCardinalityKeyNames.EXCEPTION, NONE);

	@Override
	public String getName() {
		return "kinto.client.requests";
	}

	@Override
	public String getContextualName(KintoObservationContext context) {
		return "kinto " + context.getRequest().operation();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(KintoObservationContext context) {
		// sorted by name, so that Micrometer does not have to
		return KeyValues.of(exception(context),
				KeyValue.of(LowCardinalityKeyNames.METHOD, context.getRequest().method().name()),
				KeyValue.of(LowCardinalityKeyNames.OPERATION, context.getRequest().operation()), outcome(context),
				KeyValue.of(LowCardinalityKeyNames.SERVER, context.getServer()),
				KeyValue.of(LowCardinalityKeyNames.STATUS, status(context)),
				KeyValue.of(LowCardinalityKeyNames.URI, context.getRoute()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(KintoObservationContext context) {
		return KeyValues.of(KeyValue.of(HighCardinalityKeyNames.PATH, context.getRequest().path()));
	}

	private static String status(KintoObservationContext context) {
		KintoResponse response = context.getResponse();
		return (response != null) ? Integer.toString(response.status()) : NONE;
	}

	private static KeyValue outcome(KintoObservationContext context) {
		KintoResponse response = context.getResponse();
		HttpStatus.Series series = (response != null) ? HttpStatus.Series.resolve(response.status()) : null;
		return (series == HttpStatus.Series.SUCCESSFUL) ? SUCCESS
				: KeyValue.of(LowCardinalityKeyNames.OUTCOME, (series != null) ? series.name() : "UNKNOWN");
	}

	private static KeyValue exception(KintoObservationContext context) {
		Throwable error = context.getError();
		Throwable cause = (error instanceof KintoTransportException && error.getCause() != null) ? error.getCause()
				: error;
		return (cause == null) ? NO_EXCEPTION
				: KeyValue.of(LowCardinalityKeyNames.EXCEPTION, cause.getClass().getSimpleName());
	}

}
