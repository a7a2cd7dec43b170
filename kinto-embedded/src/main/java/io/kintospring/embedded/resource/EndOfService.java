package io.kintospring.embedded.resource;

import java.time.Clock;
import java.util.Optional;

import io.kintospring.embedded.settings.EosDate;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;

import org.springframework.http.HttpStatus;

/**
 * Announces that the service will end, and refuses everything once it has ended.
 */
final class EndOfService {

	private final Optional<EosDate> date;

	private final String message;

	private final String url;

	private final Clock clock;

	EndOfService(KintoServerSettings settings, Clock clock) {
		this.date = settings.get(KintoSetting.EOS);
		this.message = settings.get(KintoSetting.EOS_MESSAGE);
		this.url = settings.get(KintoSetting.EOS_URL);
		this.clock = clock;
	}

	/**
	 * Refuses a request if the service has ended.
	 * @throws KintoError if it has
	 */
	void requireService() {
		if (hasEnded()) {
			throw KintoError.of(HttpStatus.GONE, Errno.SERVICE_DEPRECATED, "The service is no longer available here");
		}
	}

	/**
	 * Adds the announcement to an answer, if there is one.
	 * @param response the answer
	 * @return the same answer
	 */
	KintoResponse announce(KintoResponse response) {
		if (this.date.isEmpty()) {
			return response;
		}
		return response.alert(hasEnded() ? "hard-eol" : "soft-eol", this.message, this.url);
	}

	private boolean hasEnded() {
		return this.date.filter((end) -> !end.isAfter(this.clock)).isPresent();
	}

}
