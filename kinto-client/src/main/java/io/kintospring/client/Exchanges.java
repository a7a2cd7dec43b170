package io.kintospring.client;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

import io.kintospring.KintoException;
import io.kintospring.KintoTransportException;
import io.kintospring.protocol.KintoDownload;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;

/**
 * What every request goes through on its way to the transport: it is observed,
 * authenticated and timed, and whatever goes wrong becomes a {@link KintoException}.
 */
final class Exchanges {

	private final KintoTransport transport;

	private final KintoAuthentication authentication;

	private final Duration timeout;

	private final Duration transferTimeout;

	private final Deadlines deadlines;

	private final Observations observations;

	Exchanges(KintoTransport transport, KintoAuthentication authentication, Duration timeout, Duration transferTimeout,
			Observations observations) {
		this.transport = transport;
		this.authentication = authentication;
		this.timeout = timeout;
		this.transferTimeout = transferTimeout;
		this.deadlines = new Deadlines(timeout);
		this.observations = observations;
	}

	Mono<KintoResponse> exchange(KintoRequest request) {
		return this.observations.observe(request, this::timed);
	}

	private Mono<KintoResponse> timed(KintoRequest request) {
		Mono<KintoResponse> answer = request.isStreamed() ? upload(request)
				: authenticated(request).flatMap(this.transport::exchange)
					.timeout(this.deadlines.next(), Mono.error(() -> tooSlow(request)));
		return answer.switchIfEmpty(Mono.error(() -> new KintoTransportException(request + ": no answer came", null)))
			.onErrorMap((ex) -> noAnswer(request, ex));
	}

	/**
	 * A large file may take its time, as long as it goes on.
	 */
	private Mono<KintoResponse> upload(KintoRequest request) {
		return Mono.defer(() -> {
			Progress progress = new Progress(this.transferTimeout);
			progress.expect(Long.MAX_VALUE);
			return authenticated(request.withBody(progress.watch(Objects.requireNonNull(request.body()))))
				.flatMap(this.transport::exchange)
				.timeout(progress.stalled(), Mono.error(() -> stalled(request)));
		});
	}

	private Mono<KintoRequest> authenticated(KintoRequest request) {
		if (request.headers().containsHeader(HttpHeaders.AUTHORIZATION)) {
			return Mono.just(request);
		}
		return Mono.defer(this.authentication::authorization)
			.map((authorization) -> request
				.withHeaders((headers) -> headers.set(HttpHeaders.AUTHORIZATION, authorization)))
			.defaultIfEmpty(request)
			.onErrorMap((ex) -> new KintoTransportException(
					request + " was not sent, as the KintoAuthentication failed", Exceptions.unwrap(ex)));
	}

	/**
	 * Each part of a file has to come within that time after it was asked for.
	 */
	Flux<DataBuffer> download(KintoDownload download, URI address) {
		Progress progress = new Progress(this.transferTimeout);
		Flux<DataBuffer> file = this.transport.download(address, download::refused)
			.doOnNext((part) -> progress.came())
			.doOnRequest(progress::expect)
			.takeUntilOther(progress.stalled().then(Mono.error(() -> stalled(download))))
			.onErrorMap((ex) -> noAnswer(download, ex));
		return new HashCheck(download.sha256(), download).check(file)
			.doOnDiscard(DataBuffer.class, DataBufferUtils::release);
	}

	private KintoTransportException tooSlow(Object what) {
		return new KintoTransportException(what + ": no answer within " + this.timeout.toMillis() + " ms",
				new TimeoutException());
	}

	private KintoTransportException stalled(Object what) {
		return new KintoTransportException(
				what + ": nothing was transferred for " + this.transferTimeout.toMillis() + " ms",
				new TimeoutException());
	}

	private static KintoException noAnswer(Object what, Throwable failure) {
		Throwable cause = Exceptions.unwrap(failure);
		return (cause instanceof KintoException exception) ? exception
				: new KintoTransportException(what + ": " + cause, cause);
	}

}
