package io.kintospring.embedded.http;

import java.nio.charset.StandardCharsets;
import java.time.Clock;

import io.kintospring.embedded.request.KintoResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Redirects of incomplete paths to the API.
 */
final class Redirects {

	private static final int SLASH_LIFETIME_SECONDS = 3600;

	private final ApiPath api;

	private final Clock clock;

	Redirects(ApiPath api, Clock clock) {
		this.api = api;
		this.clock = clock;
	}

	/**
	 * Redirect to the path with the version prefix.
	 * @param request the request
	 * @param origin the scheme and host for the location
	 * @return the response
	 */
	KintoResponse toVersion(RawRequest request, String origin) {
		return redirect(request, origin, this.api.withVersion(request.path()));
	}

	/**
	 * Redirect to the path without the superfluous slash, or with the missing one.
	 * @param request the request
	 * @param origin the scheme and host for the location
	 * @return the response
	 */
	KintoResponse toRightSlash(RawRequest request, String origin) {
		return redirect(request, origin, this.api.withRightSlash(request.path())).cached(SLASH_LIFETIME_SECONDS,
				this.clock);
	}

	private static KintoResponse redirect(RawRequest request, String origin, String path) {
		String target = (request.query() != null) ? path + "?" + request.query() : path;
		RedirectBody body = RedirectBody.accepted(request.headers());
		String text = body
			.write("The resource has been moved to %s; you should be redirected automatically.".formatted(target));
		return KintoResponse.content(HttpStatus.TEMPORARY_REDIRECT, body.type(), text.getBytes(StandardCharsets.UTF_8))
			.header(HttpHeaders.LOCATION, origin + target);
	}

}
