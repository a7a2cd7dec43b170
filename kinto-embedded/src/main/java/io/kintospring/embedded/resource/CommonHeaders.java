package io.kintospring.embedded.resource;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;

import org.springframework.http.HttpHeaders;

/**
 * Headers of all responses, including those inside a batch.
 */
public final class CommonHeaders {

	private final Optional<Integer> backoff;

	private final Optional<Integer> backoffPercentage;

	/**
	 * Create the headers.
	 * @param settings the settings of the server
	 */
	public CommonHeaders(KintoServerSettings settings) {
		this.backoff = settings.get(KintoSetting.BACKOFF);
		this.backoffPercentage = settings.get(KintoSetting.BACKOFF_PERCENTAGE);
	}

	/**
	 * Add the headers to a response.
	 * @param request the headers of the request
	 * @param response the headers of the response
	 */
	public void addTo(HttpHeaders request, HttpHeaders response) {
		response.set("X-Content-Type-Options", "nosniff");
		response.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; ");
		this.backoff.filter((seconds) -> isSelectedForBackoff())
			.ifPresent((seconds) -> response.set("Backoff", "" + seconds));
		Cors.allow(request, response);
	}

	private boolean isSelectedForBackoff() {
		return this.backoffPercentage.map((percentage) -> ThreadLocalRandom.current().nextInt(100) < percentage)
			.orElse(true);
	}

}
