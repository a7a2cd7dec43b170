package io.kintospring.client;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

import io.kintospring.KintoException;
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
			return Mono.error(() -> Closing.error(request));
		}
		return request.isStreamed() ? upload(request, credentials)
				: this.deadlines.limit(request, send(request, credentials, head), timeouts(calls));
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
				.timeout(stalled(progress), Mono.error(() -> ExchangeErrors.stalled(request, this.transferTimeout)))
				.switchIfEmpty(Mono.error(() -> ExchangeErrors.noResponse(request)))
				.onErrorMap((ex) -> ExchangeErrors.failed(request, ex));
		});
	}

	/**
	 * Each part of a file has to come within the timeout after it was asked for.
	 */
	Flux<DataBuffer> download(KintoDownload download, URI address) {
		if (this.closed) {
			return Flux.error(() -> Closing.error(download));
		}
		return Flux.defer(() -> {
			TransferProgress progress = new TransferProgress(this.transferTimeout);
			Flux<DataBuffer> file = this.transport.download(address, download::refused)
				.doOnNext((part) -> progress.came())
				.doOnRequest(progress::expect)
				.takeUntilOther(stalled(progress))
				.concatWith(Mono.defer(() -> progress.isStalled()
						? Mono.error(ExchangeErrors.stalled(download, this.transferTimeout)) : Mono.empty()))
				.onErrorMap((ex) -> ExchangeErrors.failed(download, ex));
			return new FileCheck(download).check(file).doOnDiscard(DataBuffer.class, DataBufferUtils::release);
		});
	}

	/**
	 * A subscriber that blocks when it is told must not hold up the timers.
	 */
	private static Mono<Void> stalled(TransferProgress progress) {
		return progress.stalled().publishOn(OwnThreads.SIGNALS);
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
