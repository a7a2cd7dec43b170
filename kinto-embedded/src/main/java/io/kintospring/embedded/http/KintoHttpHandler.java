package io.kintospring.embedded.http;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.kintospring.embedded.endpoint.CommonHeaders;
import io.kintospring.embedded.endpoint.EndOfService;
import io.kintospring.embedded.endpoint.KintoApplication;
import io.kintospring.embedded.request.Errno;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.request.KintoRequest;
import io.kintospring.embedded.request.KintoResponse;
import io.kintospring.embedded.request.RequestTarget;
import io.kintospring.embedded.settings.Concurrency;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.netty.handler.codec.http.HttpRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.support.Netty4HeadersAdapter;

/**
 * Handler that redirects requests outside the API, and passes the others to the
 * application.
 */
final class KintoHttpHandler {

	private final Function<KintoRequest, CompletableFuture<KintoResponse>> requests;

	private final ApiPath api;

	private final CommonHeaders common;

	private final EndOfService endOfService;

	private final boolean readonly;

	private final Redirects redirects;

	private static final Pattern HTTP_PORT = Pattern.compile(":(80)?$");

	private static final Pattern HTTPS_PORT = Pattern.compile(":(443)?$");

	private final String scheme;

	private final Optional<String> host;

	private final Pattern defaultPort;

	KintoHttpHandler(KintoApplication application, KintoServerSettings settings, Clock clock,
			ScheduledExecutorService threads) {
		this.requests = (settings.get(KintoSetting.CONCURRENCY) != Concurrency.SERIAL)
				? new Rounds(application::handleConcurrently,
						Duration.ofMillis(settings.get(KintoSetting.CONCURRENCY_MILLISECONDS)), threads)::handle
				: (request) -> CompletableFuture.completedFuture(application.handle(request));
		this.api = new ApiPath(settings.get(KintoSetting.BASE_PATH));
		this.common = new CommonHeaders(settings);
		this.endOfService = new EndOfService(settings, clock);
		this.readonly = settings.get(KintoSetting.READONLY);
		this.redirects = new Redirects(this.api, clock);
		this.scheme = settings.get(KintoSetting.HTTP_SCHEME).orElse("http");
		this.host = settings.get(KintoSetting.HTTP_HOST);
		this.defaultPort = this.scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
	}

	/**
	 * Return the path of a request as faults see it.
	 * @param request the request
	 * @return the path below the version prefix, or the whole path of other requests
	 */
	String path(RawRequest request) {
		return this.api.isBelowRoot(request.path()) ? this.api.belowRoot(request.path()) : request.path();
	}

	/**
	 * Handle a request.
	 * @param request the request
	 * @return the response
	 */
	CompletableFuture<KintoResponse> handle(RawRequest request) {
		return routeOrError(request).thenApply((response) -> {
			this.common.complete(request.headers(), response.headers());
			return this.endOfService.announce(response);
		});
	}

	/**
	 * Create the response for an error that is not the application's.
	 * @param request the request
	 * @param error the error
	 * @return the response
	 */
	KintoResponse error(HttpRequest request, KintoError error) {
		KintoResponse response = error.response();
		this.common.complete(new HttpHeaders(new Netty4HeadersAdapter(request.headers())), response.headers());
		return response;
	}

	private CompletableFuture<KintoResponse> routeOrError(RawRequest request) {
		try {
			return route(request);
		}
		catch (KintoError ex) {
			return CompletableFuture.completedFuture(ex.response());
		}
	}

	private CompletableFuture<KintoResponse> route(RawRequest request) {
		String path = request.path();
		this.endOfService.requireService();
		if (this.readonly && !KintoRequest.isReading(request.method())) {
			throw KintoError.readonly();
		}
		if (!this.api.isBelowBase(path)) {
			throw KintoError.nothingHere();
		}
		if (!this.api.isVersioned(path)) {
			return CompletableFuture.completedFuture(unversioned(request));
		}
		if (!this.api.isOfVersion(path)) {
			throw unknownVersion();
		}
		if (this.api.hasWrongSlash(path)) {
			return CompletableFuture.completedFuture(this.redirects.toRightSlash(request, origin(request)));
		}
		if (!this.api.isBelowRoot(path)) {
			throw KintoError.nothingHere();
		}
		RequestTarget target = RequestTarget.parse(this.api.belowRoot(path), request.query());
		return this.requests.apply(new KintoRequest(request.method(), target, request.headers(), request.body(),
				origin(request) + this.api.root()));
	}

	/**
	 * Redirect a request to the version of the API. Browsers do not follow redirects of
	 * preflight requests, so the server responds to these directly. As in Kinto, a path
	 * with a line break does not get the version.
	 */
	private KintoResponse unversioned(RawRequest request) {
		String path = RequestTarget.parse(request.path(), null).path();
		if (path.indexOf('\r') >= 0 || path.indexOf('\n') >= 0) {
			throw unknownVersion();
		}
		return (request.method() == HttpMethod.OPTIONS)
				? KintoResponse.content(HttpStatus.OK, RedirectBody.HTML.type(), new byte[0])
				: this.redirects.toVersion(request, origin(request));
	}

	private String origin(RawRequest request) {
		return this.scheme + "://" + this.defaultPort.matcher(this.host.orElse(request.host())).replaceFirst("");
	}

	private static KintoError unknownVersion() {
		return KintoError.of(HttpStatus.NOT_FOUND, Errno.VERSION_NOT_AVAILABLE,
				"This server does not have that version of the API");
	}

}
