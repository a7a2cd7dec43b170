package io.kintospring.client;

import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.protocol.KintoSequence.Part;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The parts of a sequence, of which each is read by the thread that asks for it, while
 * the next one is on its way. Nothing is asked for before the first one is wanted.
 */
final class WaitingIterator<E> implements Iterator<Part<E>>, AutoCloseable {

	private final KintoClient client;

	private @Nullable KintoCall<Part<E>> call;

	private volatile @Nullable CompletableFuture<@Nullable KintoResponse> answer;

	private volatile boolean closed;

	private @Nullable Part<E> part;

	WaitingIterator(KintoClient client, KintoCall<Part<E>> first) {
		this.client = client;
		this.call = first;
	}

	@Override
	public boolean hasNext() {
		if (this.part == null && this.call != null && !this.closed) {
			this.part = read(this.call);
		}
		return this.part != null;
	}

	@Override
	public Part<E> next() {
		if (!hasNext() || this.part == null) {
			throw new NoSuchElementException();
		}
		Part<E> taken = this.part;
		this.part = null;
		this.call = taken.next();
		this.answer = (taken.next() != null) ? ask(taken.next(), this.client.pauseBefore(taken)) : null;
		return taken;
	}

	/**
	 * Where another thread closes it meanwhile, there is no more to wait for.
	 */
	private @Nullable Part<E> read(KintoCall<Part<E>> wanted) {
		CompletableFuture<@Nullable KintoResponse> asked = this.answer;
		try {
			if (asked == null) {
				this.client.awaitRequirement(wanted);
				asked = ask(wanted, Duration.ZERO);
			}
			return this.client.read(wanted, Waiting.forAnswer(wanted, Mono.fromFuture(asked)));
		}
		catch (CancellationException ex) {
			if (this.closed) {
				return null;
			}
			throw ex;
		}
	}

	private CompletableFuture<@Nullable KintoResponse> ask(KintoCall<Part<E>> wanted, Duration pause) {
		CompletableFuture<@Nullable KintoResponse> asked = KintoClient
			.after(pause, this.client.exchange(wanted.request()))
			.contextCapture()
			.toFuture();
		this.answer = asked;
		if (this.closed) {
			asked.cancel(true);
		}
		return asked;
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
