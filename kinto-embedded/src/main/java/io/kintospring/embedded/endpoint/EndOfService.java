package io.kintospring.embedded.endpoint;

import java.time.Clock;
import java.util.Optional;

import io.kintospring.embedded.request.Errno;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.request.KintoResponse;
import io.kintospring.embedded.settings.EosDate;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;

import org.springframework.http.HttpStatus;

/**
 * End of service: an {@code Alert} header announces it, and requests fail afterwards.
 */
public final class EndOfService {

	private final Optional<EosDate> date;

	private final String message;

	private final String url;

	private final Clock clock;

	/**
	 * Create the end of service.
	 * @param settings the settings of the server
	 * @param clock the clock
	 */
	public EndOfService(KintoServerSettings settings, Clock clock) {
		this.date = settings.get(KintoSetting.EOS);
		this.message = settings.get(KintoSetting.EOS_MESSAGE);
		this.url = settings.get(KintoSetting.EOS_URL);
		this.clock = clock;
	}

	/**
	 * Require that the service has not ended.
	 * @throws KintoError if the service has ended
	 */
	public void requireService() {
		if (hasEnded()) {
			throw KintoError.of(HttpStatus.GONE, Errno.SERVICE_DEPRECATED, "The service is no longer available here");
		}
	}

	/**
	 * Add the {@code Alert} header to a response if an end of service is configured.
	 * @param response the response
	 * @return the same response
	 */
	public KintoResponse announce(KintoResponse response) {
		if (this.date.isEmpty()) {
			return response;
		}
		return response.alert(hasEnded() ? "hard-eol" : "soft-eol", this.message, this.url);
	}

	private boolean hasEnded() {
		return this.date.filter((end) -> !end.isAfter(this.clock)).isPresent();
	}

}
