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
 * and while a part is consumed, the next one can be on its way, and no more. They are for
 * one consumer; any thread can close them.
 *
 * @param <E> what it is a sequence of
 */
final class PartsAhead<E> {

	private final KintoClient client;

	private final BiFunction<KintoCall<Part<E>>, Duration, Mono<KintoResponse>> exchange;

	private volatile @Nullable KintoCall<Part<E>> next;

	private volatile @Nullable CompletableFuture<@Nullable KintoResponse> coming;

	private volatile boolean closed;

	/**
	 * Create them.
	 * @param client knows how long to pause
	 * @param first gives the first one
	 * @param exchange sends the request of a call, after a pause
	 */
	PartsAhead(KintoClient client, KintoCall<Part<E>> first,
			BiFunction<KintoCall<Part<E>>, Duration, Mono<KintoResponse>> exchange) {
		this.client = client;
		this.next = first;
		this.exchange = exchange;
	}

	/**
	 * Return the answers that the parts are in. The part in one has to be read before the
	 * next one can be asked for.
	 */
	Flux<Mono<KintoResponse>> answers() {
		return Flux.generate((sink) -> {
			Mono<KintoResponse> answer = nextAnswer();
			if (answer != null) {
				sink.next(answer);
			}
			else {
				sink.complete();
			}
		});
	}

	/**
	 * Return the answer that the next part is in, or {@code null} if there are no more.
	 */
	@Nullable Mono<KintoResponse> nextAnswer() {
		KintoCall<Part<E>> wanted = this.next;
		if (wanted == null || this.closed) {
			return null;
		}
		CompletableFuture<@Nullable KintoResponse> asked = this.coming;
		return Mono.fromFuture((asked != null) ? asked : ask(wanted, Duration.ZERO));
	}

	/**
	 * Read the part that is in the next answer, and ask for the one after it.
	 */
	Part<E> read(KintoResponse response) {
		Part<E> part = Objects.requireNonNull(this.next).read(response);
		KintoCall<Part<E>> following = part.next();
		if (following != null && !this.closed) {
			ask(following, this.client.pauseBefore(part));
		}
		this.next = following;
		return part;
	}

	/**
	 * Who closes this meanwhile either sees what was asked for, or is seen here.
	 */
	private CompletableFuture<@Nullable KintoResponse> ask(KintoCall<Part<E>> wanted, Duration pause) {
		CompletableFuture<@Nullable KintoResponse> asked = this.exchange.apply(wanted, pause).toFuture();
		this.coming = asked;
		if (this.closed) {
			asked.cancel(true);
		}
		return asked;
	}

	boolean isClosed() {
		return this.closed;
	}

	void close() {
		this.closed = true;
		CompletableFuture<@Nullable KintoResponse> asked = this.coming;
		if (asked != null) {
			asked.cancel(true);
		}
	}

}
