package io.kintospring.embedded.http;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

import io.kintospring.embedded.fault.Fault;
import io.kintospring.embedded.fault.Faults;
import io.kintospring.embedded.resource.CommonHeaders;
import io.kintospring.embedded.resource.Errno;
import io.kintospring.embedded.resource.KintoApplication;
import io.kintospring.embedded.resource.KintoError;
import io.kintospring.embedded.resource.KintoRequest;
import io.kintospring.embedded.resource.KintoResponse;
import io.kintospring.embedded.settings.Concurrency;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.DisposableChannel;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * Handler that injects faults, redirects requests outside the API, and passes the others
 * to the application.
 */
final class KintoHttpHandler implements HttpHandler {

	private final Function<KintoRequest, Mono<KintoResponse>> requests;

	private final Faults faults;

	private final Scheduler scheduler;

	private final Duration latency;

	private final ApiPath api;

	private final CommonHeaders common;

	private final Redirects redirects;

	private final RequestReader reader;

	KintoHttpHandler(KintoApplication application, Faults faults, KintoServerSettings settings, Clock clock,
			Scheduler scheduler) {
		this.requests = (settings.get(KintoSetting.CONCURRENCY) != Concurrency.SERIAL)
				? new Rounds(application::handleConcurrently,
						Duration.ofMillis(settings.get(KintoSetting.CONCURRENCY_MILLISECONDS)), scheduler)::handle
				: (request) -> Mono.just(application.handle(request));
		this.faults = faults;
		this.scheduler = scheduler;
		this.latency = Duration.ofMillis(settings.get(KintoSetting.LATENCY_MILLISECONDS));
		this.api = new ApiPath(settings.get(KintoSetting.BASE_PATH));
		this.common = new CommonHeaders(settings);
		this.redirects = new Redirects(this.api, this.common, clock);
		this.reader = new RequestReader(this.api, settings);
	}

	@Override
	public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
		String path = request.getURI().getRawPath();
		Fault fault = this.faults.next(request.getMethod().name(),
				this.api.isBelowRoot(path) ? this.api.belowRoot(path) : path);
		Mono<Void> result = switch (fault.kind()) {
			case NONE, DELAY -> route(request, response, path);
			case FAILURE -> ResponseWriter.write(response, failure(request, fault));
			case DROP -> drop(response);
		};
		Duration delay = this.latency.plus(fault.duration());
		Mono<Void> delayed = delay.isZero() ? result : Mono.delay(delay, this.scheduler).then(result);
		return delayed.then(Mono.defer(response::setComplete));
	}

	private Mono<Void> route(ServerHttpRequest request, ServerHttpResponse response, String path) {
		if (!this.api.isBelowBase(path)) {
			return ResponseWriter.write(response, withCommonHeaders(request, KintoError.nothingHere()));
		}
		if (!this.api.isVersioned(path)) {
			return (request.getMethod() == HttpMethod.OPTIONS) ? preflight(request, response)
					: this.redirects.toVersion(request, response);
		}
		if (!this.api.isBelowRoot(path)) {
			return ResponseWriter.write(response, withCommonHeaders(request,
					this.api.isOfVersion(path) ? KintoError.nothingHere() : unknownVersion()));
		}
		if (this.api.hasWrongSlash(path)) {
			return this.redirects.toRightSlash(request, response);
		}
		return execute(request).flatMap((result) -> ResponseWriter.write(response, result));
	}

	private Mono<KintoResponse> execute(ServerHttpRequest request) {
		return this.reader.read(request)
			.publishOn(this.scheduler)
			.flatMap(this.requests)
			.onErrorResume(KintoError.class, (error) -> Mono.just(withCommonHeaders(request, error)));
	}

	/**
	 * Browsers do not follow redirects of preflight requests, so the server responds
	 * directly.
	 */
	private Mono<Void> preflight(ServerHttpRequest request, ServerHttpResponse response) {
		this.common.addTo(request.getHeaders(), response.getHeaders());
		return Mono.empty();
	}

	private static KintoError unknownVersion() {
		return KintoError.of(HttpStatus.NOT_FOUND, Errno.VERSION_NOT_AVAILABLE,
				"This server does not have that version of the API");
	}

	private KintoResponse failure(ServerHttpRequest request, Fault fault) {
		HttpStatus status = HttpStatus.valueOf(fault.status());
		KintoResponse response = withCommonHeaders(request,
				KintoError.of(status, Errno.of(status), "A fault that was asked for"));
		fault.retryAfter()
			.ifPresent((delay) -> response.headers().set(HttpHeaders.RETRY_AFTER, String.valueOf(delay.toSeconds())));
		return response;
	}

	private static Mono<Void> drop(ServerHttpResponse response) {
		HttpServerResponse connection = ServerHttpResponseDecorator.getNativeResponse(response);
		connection.withConnection(DisposableChannel::dispose);
		return Mono.never();
	}

	private KintoResponse withCommonHeaders(ServerHttpRequest request, KintoError error) {
		KintoResponse response = error.response();
		this.common.addTo(request.getHeaders(), response.headers());
		return response;
	}

}
