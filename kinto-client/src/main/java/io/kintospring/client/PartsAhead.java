package io.kintospring.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.kintospring.protocol.KintoSequence.Part;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The parts of a sequence, one after the other. Nothing is asked for before it is wanted,
 * and while a part is consumed, the next one can be on its way, and no more.
 *
 * @param <E> what it is a sequence of
 */
final class PartsAhead<E> implements AutoCloseable {

	private final Function<Part<E>, Mono<Part<E>>> following;

	private @Nullable Mono<Part<E>> next;

	private @Nullable CompletableFuture<@Nullable Part<E>> coming;

	private boolean closed;

	PartsAhead(Mono<Part<E>> first, Function<Part<E>, Mono<Part<E>>> following) {
		this.next = first;
		this.following = following;
	}

	/**
	 * Ask for the next part, unless that was done already or there is none.
	 */
	synchronized void ask() {
		if (this.next != null && this.coming == null && !this.closed) {
			this.coming = this.next.toFuture();
		}
	}

	/**
	 * Take the next part, when it comes.
	 */
	synchronized Mono<Part<E>> take() {
		ask();
		return (this.coming != null) ? Mono.fromFuture(this.coming).doOnNext(this::taken) : Mono.empty();
	}

	private synchronized void taken(Part<E> part) {
		this.next = (part.next() != null) ? this.following.apply(part) : null;
		this.coming = null;
	}

	/**
	 * Whether there is another part.
	 */
	synchronized boolean hasNext() {
		return this.next != null && !this.closed;
	}

	synchronized boolean isClosed() {
		return this.closed;
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.coming != null) {
			this.coming.cancel(true);
		}
	}

}
