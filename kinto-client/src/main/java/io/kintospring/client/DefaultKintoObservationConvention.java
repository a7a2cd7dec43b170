package io.kintospring.client;

import java.util.ArrayList;
import java.util.List;

import io.kintospring.KintoResponseException;
import io.kintospring.KintoTransportException;
import io.kintospring.client.KintoObservationDocumentation.HighCardinalityKeyNames;
import io.kintospring.client.KintoObservationDocumentation.LowCardinalityKeyNames;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.protocol.RequestedIds;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import org.jspecify.annotations.Nullable;

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

	private static final String UNKNOWN = "UNKNOWN";

	/**
	 * Kinto's error numbers have three digits. Another server must not create metrics.
	 */
	private static final int MAX_ERRNO = 999;

	private static final KeyValue SUCCESS = KeyValue.of(LowCardinalityKeyNames.OUTCOME, "SUCCESS");

	private static final KeyValue NO_ERRNO = KeyValue.of(LowCardinalityKeyNames.ERRNO, NONE);

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
		return KeyValues.of(errno(context), exception(context),
				KeyValue.of(LowCardinalityKeyNames.METHOD, context.getRequest().method().name()),
				KeyValue.of(LowCardinalityKeyNames.OPERATION, context.getRequest().operation()), outcome(context),
				KeyValue.of(LowCardinalityKeyNames.SERVER, context.getServer()),
				KeyValue.of(LowCardinalityKeyNames.STATUS, status(context)),
				KeyValue.of(LowCardinalityKeyNames.URI, context.getRoute()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(KintoObservationContext context) {
		RequestedIds ids = context.getIds();
		List<KeyValue> values = new ArrayList<>(4);
		add(values, HighCardinalityKeyNames.BUCKET, ids.bucket());
		add(values, HighCardinalityKeyNames.COLLECTION, ids.collection());
		add(values, HighCardinalityKeyNames.ID, ids.id());
		add(values, HighCardinalityKeyNames.PATH, context.getRequest().path());
		return KeyValues.of(values);
	}

	private static void add(List<KeyValue> values, KeyName key, @Nullable String value) {
		if (value != null) {
			values.add(KeyValue.of(key, value));
		}
	}

	private static String status(KintoObservationContext context) {
		KintoResponse response = context.getResponse();
		return (response != null) ? Integer.toString(response.status()) : NONE;
	}

	private static KeyValue outcome(KintoObservationContext context) {
		KintoResponse response = context.getResponse();
		HttpStatus.Series series = (response != null) ? HttpStatus.Series.resolve(response.status()) : null;
		return (series == HttpStatus.Series.SUCCESSFUL) ? SUCCESS
				: KeyValue.of(LowCardinalityKeyNames.OUTCOME, (series != null) ? series.name() : UNKNOWN);
	}

	private static KeyValue errno(KintoObservationContext context) {
		KintoResponse response = context.getResponse();
		Integer errno = (context.getError() instanceof KintoResponseException error) ? error.errno()
				: (response != null) ? KintoCall.errnoIn(response) : null;
		return (errno == null) ? NO_ERRNO : KeyValue.of(LowCardinalityKeyNames.ERRNO,
				(errno > 0 && errno <= MAX_ERRNO) ? errno.toString() : UNKNOWN);
	}

	private static KeyValue exception(KintoObservationContext context) {
		Throwable error = context.getError();
		Throwable cause = (error instanceof KintoTransportException && error.getCause() != null) ? error.getCause()
				: error;
		return (cause == null) ? NO_EXCEPTION
				: KeyValue.of(LowCardinalityKeyNames.EXCEPTION, cause.getClass().getSimpleName());
	}

}
