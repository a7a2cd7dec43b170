package io.kintospring.client;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

import io.kintospring.KintoException;
import io.kintospring.KintoNotSentException;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoDownload;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;

/**
 * Sends every request: adds credentials and a deadline, and turns every failure into a
 * {@link KintoException}.
 */
final class RequestExecutor implements AutoCloseable {

	/** Ignores the head of a response. */
	static final Consumer<KintoResponse> IGNORE_HEAD = (head) -> {
	};

	/** A transfer may take any time, as long as it makes progress. */
	private static final Duration UNLIMITED = Duration.ofNanos(Long.MAX_VALUE);

	/** Number of calls in a batch for each timeout, which is Kinto's default limit. */
	private static final int CALLS_PER_TIMEOUT = 25;

	private final KintoTransport transport;

	private final Duration timeout;

	private final Duration transferTimeout;

	private final RequestTimeouts deadlines;

	private final BackoffGate gate;

	private final Retries retries;

	private final Closing closing;

	RequestExecutor(KintoTransport transport, Duration timeout, Duration transferTimeout, BackoffGate gate,
			Retries retries, Closing closing) {
		this.transport = transport;
		this.timeout = timeout;
		this.gate = gate;
		this.retries = retries;
		this.closing = closing;
		this.transferTimeout = transferTimeout;
		this.deadlines = new RequestTimeouts(timeout);
	}

	Mono<KintoResponse> exchange(KintoCall<?> call, RequestCredentials credentials) {
		return exchange(call, credentials, 1, IGNORE_HEAD);
	}

	/**
	 * Exchange the request of a call. It is sent again if it failed and this cannot apply
	 * it twice.
	 * @param call the call
	 * @param credentials the credentials of the call
	 * @param calls the number of calls in the request
	 * @param head accepts status and headers of the response as soon as they are received
	 */
	Mono<KintoResponse> exchange(KintoCall<?> call, RequestCredentials credentials, int calls,
			Consumer<KintoResponse> head) {
		KintoRequest request = call.request();
		if (this.closing.isClosed()) {
			return Mono.error(() -> Closing.error(request));
		}
		int timeouts = timeouts(calls);
		Duration limit = request.isStreamed() ? UNLIMITED : limit(timeouts);
		Function<Consumer<Attempts>, Mono<KintoResponse>> exchange = request.isStreamed()
				? (tracker) -> upload(request, credentials) : (tracker) -> this.deadlines.limit(request, (attempts) -> {
					tracker.accept(attempts);
					return send(request, credentials, successful(head), attempts);
				}, timeouts);
		if (this.gate.delay(request).isZero()) {
			return this.retries.exchange(call, credentials, exchange, limit);
		}
		return Mono.deferContextual((view) -> {
			if (!this.gate.isFailing()) {
				credentials.askFor(request, view);
			}
			return this.retries.exchangeAfterBackoff(call, credentials, exchange, limit);
		});
	}

	/**
	 * Hide the head of a response that may not be the last one.
	 */
	private static Consumer<KintoResponse> successful(Consumer<KintoResponse> head) {
		return (head == IGNORE_HEAD) ? head : (received) -> {
			if (received.status() < HttpStatus.BAD_REQUEST.value()) {
				head.accept(received);
			}
		};
	}

	private Duration limit(int timeouts) {
		return (timeouts == 1) ? this.timeout : this.timeout.multipliedBy(timeouts);
	}

	private static int timeouts(int calls) {
		return 1 + (calls - 1) / CALLS_PER_TIMEOUT;
	}

	private Mono<KintoResponse> send(KintoRequest request, RequestCredentials credentials, Consumer<KintoResponse> head,
			Attempts attempts) {
		return credentials.authenticate(request).flatMap((authenticated) -> {
			credentials.sending(request, authenticated);
			attempts.handedOver();
			return this.transport.exchange(authenticated, head);
		});
	}

	/**
	 * Upload a file. Its duration is not limited, as long as it makes progress.
	 */
	private Mono<KintoResponse> upload(KintoRequest request, RequestCredentials credentials) {
		return Mono.defer(() -> {
			TransferProgress progress = new TransferProgress(this.transferTimeout);
			progress.expect(Long.MAX_VALUE);
			Attempts attempts = new Attempts();
			return send(request.withBody(progress.watch(Objects.requireNonNull(request.body()))), credentials,
					IGNORE_HEAD, attempts)
				.contextWrite((context) -> Blocking.notAwaited(context).put(Attempts.class, attempts))
				.timeout(ended(progress),
						Mono.error(() -> ExchangeErrors.stalled(request, this.transferTimeout, attempts)))
				.switchIfEmpty(Mono.error(() -> ExchangeErrors.noResponse(request)))
				.onErrorMap((ex) -> failed(request, ex));
		});
	}

	/**
	 * Download a file. Each requested buffer must arrive within the transfer timeout.
	 */
	Flux<DataBuffer> download(KintoDownload download, URI address) {
		if (this.closing.isClosed()) {
			return Flux.error(() -> Closing.error(download));
		}
		return Flux.defer(() -> {
			TransferProgress progress = new TransferProgress(this.transferTimeout);
			Flux<DataBuffer> file = this.transport.download(address, download::refused)
				.doOnNext((part) -> progress.progressed())
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
	 * must not delay the timers.
	 */
	private Mono<Void> ended(TransferProgress progress) {
		return Mono.firstWithSignal(OwnThreads.signalling(progress.stalled()), this.closing.closed());
	}

	/**
	 * Return the error of a transfer. Closing the client can cause several errors in any
	 * order, which are all reported in the same way.
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
