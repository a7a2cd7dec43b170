package io.kintospring.client;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.protocol.KintoSequence.Part;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The parts of a sequence, one after the other. Nothing is asked for before it is wanted,
 * and while a part is consumed, the next one can be on its way, and no more.
 *
 * @param <E> what it is a sequence of
 */
final class PartsAhead<E> implements AutoCloseable {

	private final KintoClient client;

	private final BiFunction<KintoCall<Part<E>>, Duration, Mono<KintoResponse>> exchange;

	private volatile @Nullable KintoCall<Part<E>> call;

	private volatile @Nullable CompletableFuture<@Nullable KintoResponse> answer;

	private volatile boolean closed;

	/**
	 * Create them.
	 * @param client reads them
	 * @param first gives the first one
	 * @param exchange sends the request of a call, after a pause
	 */
	PartsAhead(KintoClient client, KintoCall<Part<E>> first,
			BiFunction<KintoCall<Part<E>>, Duration, Mono<KintoResponse>> exchange) {
		this.client = client;
		this.call = first;
		this.exchange = exchange;
	}

	/**
	 * Return the answers that the parts are in. The part in one has to be read before the
	 * next one can be asked for.
	 */
	Flux<Mono<KintoResponse>> answers() {
		return Flux.generate((sink) -> {
			Mono<KintoResponse> next = answer();
			if (next != null) {
				sink.next(next);
			}
			else {
				sink.complete();
			}
		});
	}

	/**
	 * Return the answer that the next part is in, or {@code null} if there are no more.
	 */
	@Nullable Mono<KintoResponse> answer() {
		KintoCall<Part<E>> wanted = this.call;
		if (wanted == null || this.closed) {
			return null;
		}
		CompletableFuture<@Nullable KintoResponse> asked = this.answer;
		return Mono.fromFuture((asked != null) ? asked : ask(wanted, Duration.ZERO));
	}

	/**
	 * Read the part that is in an answer, and ask for the next one.
	 */
	Part<E> read(KintoResponse response) {
		Part<E> part = this.client.read(Objects.requireNonNull(this.call), response);
		this.call = part.next();
		if (part.next() != null) {
			ask(part.next(), this.client.pauseBefore(part));
		}
		return part;
	}

	/**
	 * Who closes this meanwhile either sees what was asked for, or is seen here.
	 */
	private CompletableFuture<@Nullable KintoResponse> ask(KintoCall<Part<E>> wanted, Duration pause) {
		CompletableFuture<@Nullable KintoResponse> asked = this.exchange.apply(wanted, pause).toFuture();
		this.answer = asked;
		if (this.closed) {
			asked.cancel(true);
		}
		return asked;
	}

	boolean isClosed() {
		return this.closed;
	}

	@Override
	public void close() {
		this.closed = true;
		CompletableFuture<@Nullable KintoResponse> asked = this.answer;
		if (asked != null) {
			asked.cancel(true);
		}
	}

}
