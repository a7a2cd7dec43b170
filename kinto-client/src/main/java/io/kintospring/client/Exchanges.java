package io.kintospring.client;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.kintospring.KintoException;
import io.kintospring.KintoNotSentException;
import io.kintospring.KintoTransportException;
import io.kintospring.protocol.KintoDownload;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * The way of every request to the transport and back: it gets credentials and a deadline,
 * and whatever goes wrong becomes a {@link KintoException}.
 */
final class Exchanges implements AutoCloseable {

	private static final Consumer<KintoResponse> NOBODY = (head) -> {
	};

	/** Each timeout has to do for this many calls of a batch, which is Kinto's limit. */
	private static final int CALLS_PER_TIMEOUT = 25;

	private final KintoTransport transport;

	private final Duration transferTimeout;

	private final Deadlines deadlines;

	private volatile boolean closed;

	Exchanges(KintoTransport transport, Duration timeout, Duration transferTimeout) {
		this.transport = transport;
		this.transferTimeout = transferTimeout;
		this.deadlines = new Deadlines(timeout);
	}

	Mono<KintoResponse> exchange(KintoRequest request, Credentials credentials) {
		return exchange(request, credentials, 1, NOBODY);
	}

	/**
	 * Exchange a request.
	 * @param request what to send
	 * @param credentials the credentials of the call
	 * @param calls how many calls the request is for
	 * @param head is told status and headers of the response when they have come
	 */
	Mono<KintoResponse> exchange(KintoRequest request, Credentials credentials, int calls,
			Consumer<KintoResponse> head) {
		if (this.closed) {
			return Mono.error(() -> closed(request));
		}
		Mono<KintoResponse> response = request.isStreamed() ? upload(request, credentials)
				: this.deadlines.limit(send(request, credentials, head), timeouts(calls),
						(limit) -> late(request, limit), () -> closed(request));
		return response
			.switchIfEmpty(Mono.error(() -> new KintoTransportException(request + ": there is no response", null)))
			.onErrorMap((ex) -> failed(request, ex));
	}

	private static int timeouts(int calls) {
		return 1 + (calls - 1) / CALLS_PER_TIMEOUT;
	}

	private Mono<KintoResponse> send(KintoRequest request, Credentials credentials, Consumer<KintoResponse> head) {
		return credentials.authenticate(request)
			.flatMap((authenticated) -> this.transport.exchange(authenticated, head));
	}

	/**
	 * A large file may take its time, as long as it goes on.
	 */
	private Mono<KintoResponse> upload(KintoRequest request, Credentials credentials) {
		return Mono.defer(() -> {
			TransferProgress progress = new TransferProgress(this.transferTimeout);
			progress.expect(Long.MAX_VALUE);
			return send(request.withBody(progress.watch(Objects.requireNonNull(request.body()))), credentials, NOBODY)
				.timeout(stalled(progress), Mono.error(() -> stalled(request)));
		});
	}

	/**
	 * Each part of a file has to come within the timeout after it was asked for.
	 */
	Flux<DataBuffer> download(KintoDownload download, URI address) {
		if (this.closed) {
			return Flux.error(() -> closed(download));
		}
		return Flux.defer(() -> {
			TransferProgress progress = new TransferProgress(this.transferTimeout);
			Flux<DataBuffer> file = this.transport.download(address, download::refused)
				.doOnNext((part) -> progress.came())
				.doOnRequest(progress::expect)
				.takeUntilOther(stalled(progress))
				.concatWith(Mono.defer(() -> progress.isStalled() ? Mono.error(stalled(download)) : Mono.empty()))
				.onErrorMap((ex) -> failed(download, ex));
			return new FileCheck(download).check(file).doOnDiscard(DataBuffer.class, DataBufferUtils::release);
		});
	}

	/**
	 * A subscriber that blocks when it is told must not hold up the timers.
	 */
	private static Mono<Void> stalled(TransferProgress progress) {
		return progress.stalled().publishOn(Schedulers.boundedElastic());
	}

	private static KintoTransportException late(Object what, Duration limit) {
		return new KintoTransportException(what + ": no response within " + limit.toMillis() + " ms",
				new TimeoutException());
	}

	private KintoTransportException stalled(Object what) {
		return new KintoTransportException(
				what + ": nothing was transferred for " + this.transferTimeout.toMillis() + " ms",
				new TimeoutException());
	}

	private static KintoException failed(Object what, Throwable failure) {
		Throwable cause = Exceptions.unwrap(failure);
		return (cause instanceof KintoException exception) ? exception
				: new KintoTransportException(what + ": " + cause, cause);
	}

	KintoNotSentException closed(Object what) {
		return new KintoNotSentException(what + " was not sent or not completed: the client is closed", null);
	}

	boolean isClosed() {
		return this.closed;
	}

	@Override
	public void close() {
		this.closed = true;
		this.deadlines.close();
	}

}
