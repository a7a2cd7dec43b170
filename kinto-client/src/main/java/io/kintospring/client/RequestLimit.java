package io.kintospring.client;

import io.kintospring.KintoNotSentException;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolAcquirePendingLimitException;
import reactor.pool.PoolBuilder;
import reactor.pool.PoolShutdownException;

/**
 * Limits how many requests are under way at the same time, and how many wait. Reactor
 * Netty has such limits for connections, but a request that is given up while it waits
 * for one still opens it later.
 */
final class RequestLimit implements AutoCloseable {

	private final int max;

	private final int maxPending;

	private final InstrumentedPool<Boolean> permits;

	RequestLimit(int max, int maxPending) {
		this.max = max;
		this.maxPending = maxPending;
		this.permits = PoolBuilder.from(Mono.just(true)).sizeBetween(0, max).maxPendingAcquire(maxPending).buildPool();
	}

	<T> Mono<T> apply(Object what, Mono<T> exchange) {
		return limited(what, exchange).next();
	}

	<T> Flux<T> apply(Object what, Flux<T> exchange) {
		return limited(what, exchange);
	}

	private <T> Flux<T> limited(Object what, Publisher<T> exchange) {
		return this.permits.withPoolable((permit) -> exchange)
			.onErrorMap(PoolAcquirePendingLimitException.class,
					(ex) -> new KintoNotSentException(
							what + " was not sent: " + this.max + " requests are under way and " + this.maxPending
									+ " are waiting. Send fewer at a time, or raise kinto.max-connections or"
									+ " kinto.max-pending-requests.",
							null))
			.onErrorMap(PoolShutdownException.class,
					(ex) -> new KintoNotSentException(what + " was not sent: the client is closed", null));
	}

	@Override
	public void close() {
		this.permits.dispose();
	}

}
