package io.kintospring.embedded.endpoint;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;

import org.springframework.http.HttpHeaders;

/**
 * Headers of all responses, including most of those inside a batch.
 */
public final class CommonHeaders {

	private static final String CONTENT_TYPE_OPTIONS = "X-Content-Type-Options";

	private final Cors cors;

	private final Optional<Integer> backoff;

	private final Optional<Integer> backoffPercentage;

	/**
	 * Create the headers.
	 * @param settings the settings of the server
	 */
	public CommonHeaders(KintoServerSettings settings) {
		this.cors = new Cors(settings);
		this.backoff = settings.get(KintoSetting.BACKOFF);
		this.backoffPercentage = settings.get(KintoSetting.BACKOFF_PERCENTAGE);
	}

	/**
	 * Complete the response to a request that no service handled. This does nothing if
	 * the response is complete.
	 * @param request the headers of the request
	 * @param response the headers of the response
	 */
	public void complete(HttpHeaders request, HttpHeaders response) {
		if (addTo(response)) {
			this.cors.allowOutsideServices(request, response);
		}
	}

	/**
	 * Add the headers to a response, except those for scripts of other origins.
	 * @param response the headers of the response
	 * @return whether the response was not complete, because no nested request has
	 * completed it
	 */
	boolean addTo(HttpHeaders response) {
		if (response.containsHeader(CONTENT_TYPE_OPTIONS)) {
			return false;
		}
		response.set(CONTENT_TYPE_OPTIONS, "nosniff");
		response.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; ");
		this.backoff.filter((seconds) -> isSelectedForBackoff())
			.ifPresent((seconds) -> response.set("Backoff", "" + seconds));
		return true;
	}

	private boolean isSelectedForBackoff() {
		return this.backoffPercentage.map((percentage) -> ThreadLocalRandom.current().nextInt(100) < percentage)
			.orElse(true);
	}

}
