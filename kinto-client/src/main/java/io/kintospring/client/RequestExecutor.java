package io.kintospring.client;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

import io.kintospring.KintoException;
import io.kintospring.KintoNotSentException;
import io.kintospring.protocol.KintoDownload;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * The way of every request to the transport and back: it gets credentials and a deadline,
 * and whatever goes wrong becomes a {@link KintoException}.
 */
final class RequestExecutor implements AutoCloseable {

	/** Ignores the head of a response. */
	static final Consumer<KintoResponse> NOBODY = (head) -> {
	};

	/** Each timeout has to do for this many calls of a batch, which is Kinto's limit. */
	private static final int CALLS_PER_TIMEOUT = 25;

	private final KintoTransport transport;

	private final Duration transferTimeout;

	private final RequestTimeouts deadlines;

	private final Closing closing;

	RequestExecutor(KintoTransport transport, Duration timeout, Duration transferTimeout, Closing closing) {
		this.transport = transport;
		this.closing = closing;
		this.transferTimeout = transferTimeout;
		this.deadlines = new RequestTimeouts(timeout);
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
		if (this.closing.isClosed()) {
			return Mono.error(() -> Closing.error(request));
		}
		return request.isStreamed() ? upload(request, credentials)
				: this.deadlines.limit(request, send(request, credentials, head), timeouts(calls));
	}

	private static int timeouts(int calls) {
		return 1 + (calls - 1) / CALLS_PER_TIMEOUT;
	}

	private Mono<KintoResponse> send(KintoRequest request, Credentials credentials, Consumer<KintoResponse> head) {
		return credentials.authenticate(request).flatMap((authenticated) -> Mono.deferContextual((context) -> {
			context.get(Attempts.class).handOver();
			return this.transport.exchange(authenticated, head);
		}));
	}

	/**
	 * A large file may take its time, as long as it goes on.
	 */
	private Mono<KintoResponse> upload(KintoRequest request, Credentials credentials) {
		return Mono.defer(() -> {
			TransferProgress progress = new TransferProgress(this.transferTimeout);
			progress.expect(Long.MAX_VALUE);
			Attempts attempts = new Attempts();
			return send(request.withBody(progress.watch(Objects.requireNonNull(request.body()))), credentials, NOBODY)
				.contextWrite((context) -> Blocking.notAwaited(context).put(Attempts.class, attempts))
				.timeout(ended(progress),
						Mono.error(() -> ExchangeErrors.stalled(request, this.transferTimeout, attempts)))
				.switchIfEmpty(Mono.error(() -> ExchangeErrors.noResponse(request)))
				.onErrorMap((ex) -> failed(request, ex));
		});
	}

	/**
	 * Each part of a file has to come within the timeout after it was asked for.
	 */
	Flux<DataBuffer> download(KintoDownload download, URI address) {
		if (this.closing.isClosed()) {
			return Flux.error(() -> Closing.error(download));
		}
		return Flux.defer(() -> {
			TransferProgress progress = new TransferProgress(this.transferTimeout);
			Flux<DataBuffer> file = this.transport.download(address, download::refused)
				.doOnNext((part) -> progress.came())
				.doOnRequest(progress::expect)
				.contextWrite(Blocking::notAwaited)
				.takeUntilOther(ended(progress))
				.concatWith(Mono.defer(() -> (progress.isStalled() || this.closing.isClosed())
						? Mono.error(ExchangeErrors.stalled(download, this.transferTimeout)) : Mono.empty()));
			return new FileCheck(download).check(file).doOnDiscard(DataBuffer.class, DataBufferUtils::release);
		}).onErrorMap((ex) -> failed(download, ex));
	}

	/**
	 * Complete when a transfer stalls or the client is closed. A subscriber that blocks
	 * when it is told must not hold up the timers.
	 */
	private Mono<Void> ended(TransferProgress progress) {
		return Mono.firstWithSignal(OwnThreads.signalling(progress.stalled()), this.closing.closed());
	}

	/**
	 * Closing the client breaks transfers in several ways, which of them comes first is
	 * chance.
	 */
	private KintoException failed(Object what, Throwable failure) {
		KintoException error = ExchangeErrors.failed(what, failure);
		return (this.closing.isClosed() && !(error instanceof KintoNotSentException)) ? ExchangeErrors.closed(what)
				: error;
	}

	@Override
	public void close() {
		this.deadlines.close();
	}

}
