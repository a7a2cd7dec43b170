package io.kintospring.embedded.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

import io.kintospring.embedded.resource.CommonHeaders;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Redirects of incomplete paths to the API.
 */
final class Redirects {

	private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

	private static final Duration SLASH_LIFETIME = Duration.ofHours(1);

	private final ApiPath api;

	private final CommonHeaders common;

	private final Clock clock;

	Redirects(ApiPath api, CommonHeaders common, Clock clock) {
		this.api = api;
		this.common = common;
		this.clock = clock;
	}

	/**
	 * Redirect to the path with the version prefix.
	 * @param request the request
	 * @param response the response
	 * @return completes when the response is written
	 */
	Mono<Void> toVersion(ServerHttpRequest request, ServerHttpResponse response) {
		return redirect(request, response, this.api.withVersion(request.getURI().getRawPath()));
	}

	/**
	 * Redirect to the path without the superfluous slash, or with the missing one.
	 * @param request the request
	 * @param response the response
	 * @return completes when the response is written
	 */
	Mono<Void> toRightSlash(ServerHttpRequest request, ServerHttpResponse response) {
		response.getHeaders().setCacheControl(CacheControl.maxAge(SLASH_LIFETIME));
		response.getHeaders().setExpires(this.clock.instant().plus(SLASH_LIFETIME));
		return redirect(request, response, this.api.withRightSlash(request.getURI().getRawPath()));
	}

	private Mono<Void> redirect(ServerHttpRequest request, ServerHttpResponse response, String path) {
		URI uri = request.getURI();
		String query = (uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "";
		response.setStatusCode(HttpStatus.TEMPORARY_REDIRECT);
		response.getHeaders().setLocation(URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path + query));
		response.getHeaders().setContentType(TEXT);
		this.common.addTo(request.getHeaders(), response.getHeaders());
		return ResponseWriter.write(response, """
				307 Temporary Redirect

				The resource has been moved to %s; you should be redirected automatically.

				""".formatted(path).getBytes(StandardCharsets.UTF_8));
	}

}
