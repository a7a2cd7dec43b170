package io.kintospring.client;

import java.time.Duration;

import io.kintospring.KintoNotSentException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolAcquirePendingLimitException;
import reactor.pool.PoolBuilder;
import reactor.pool.PoolShutdownException;
import reactor.pool.PooledRef;

/**
 * Limits the number of requests in flight and of pending requests. Reactor Netty has such
 * limits for connections, but it still opens a connection for a request that was
 * cancelled while pending.
 */
final class RequestLimit implements AutoCloseable {

	/**
	 * Calls are often cancelled together, and cancelling one must not start a pending
	 * one.
	 */
	private static final Duration AFTER_CANCELLATION = Duration.ofMillis(50);

	private final int max;

	private final int maxPending;

	private final InstrumentedPool<Boolean> permits;

	RequestLimit(int max, int maxPending) {
		this.max = max;
		this.maxPending = maxPending;
		this.permits = PoolBuilder.from(Mono.just(true)).sizeBetween(0, max).maxPendingAcquire(maxPending).buildPool();
	}

	<T> Mono<T> apply(Object what, Mono<T> exchange) {
		return Mono
			.usingWhen(this.permits.acquire(), (permit) -> exchange, PooledRef::release,
					(permit, ex) -> permit.release(), RequestLimit::releaseCancelled)
			.onErrorMap((ex) -> error(what, ex));
	}

	<T> Flux<T> apply(Object what, Flux<T> exchange) {
		return Flux
			.usingWhen(this.permits.acquire(), (permit) -> exchange, PooledRef::release,
					(permit, ex) -> permit.release(), RequestLimit::releaseCancelled)
			.onErrorMap((ex) -> error(what, ex));
	}

	private static Mono<Void> releaseCancelled(PooledRef<Boolean> permit) {
		return Mono.delay(AFTER_CANCELLATION).then(permit.release());
	}

	private Throwable error(Object what, Throwable ex) {
		if (ex instanceof PoolAcquirePendingLimitException) {
			return new KintoNotSentException(what + " was not sent: " + this.max + " requests are in flight and "
					+ this.maxPending + " are pending. Send fewer at a time, or raise kinto.max-connections or"
					+ " kinto.max-pending-requests.", null);
		}
		return (ex instanceof PoolShutdownException) ? Closing.error(what) : ex;
	}

	@Override
	public void close() {
		this.permits.dispose();
	}

}
