package io.kintospring.embedded.resource;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;

import org.springframework.http.HttpHeaders;

/**
 * The headers that all answers have, also those within a batch.
 */
public final class CommonHeaders {

	private final Optional<Integer> backoff;

	private final Optional<Integer> backoffPercentage;

	/**
	 * Creates them.
	 * @param settings the settings of the server
	 */
	public CommonHeaders(KintoServerSettings settings) {
		this.backoff = settings.get(KintoSetting.BACKOFF);
		this.backoffPercentage = settings.get(KintoSetting.BACKOFF_PERCENTAGE);
	}

	/**
	 * Adds the headers.
	 * @param request the headers of the request
	 * @param response the headers of the answer
	 */
	public void addTo(HttpHeaders request, HttpHeaders response) {
		response.set("X-Content-Type-Options", "nosniff");
		response.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; ");
		this.backoff.filter((seconds) -> isAskedFor()).ifPresent((seconds) -> response.set("Backoff", "" + seconds));
		Cors.allow(request, response);
	}

	private boolean isAskedFor() {
		return this.backoffPercentage.map((percentage) -> ThreadLocalRandom.current().nextInt(100) < percentage)
			.orElse(true);
	}

}
