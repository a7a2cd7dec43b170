package io.kintospring.client;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;

import io.kintospring.protocol.KintoResponse;
import io.kintospring.protocol.KintoSequence.Part;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The parts of a sequence, each of which is read by the thread that asks for it.
 */
final class WaitingIterator<E> implements Iterator<Part<E>> {

	private final KintoClient client;

	private final Object what;

	private final PartsAhead<E> parts;

	private @Nullable Part<E> part;

	WaitingIterator(KintoClient client, Object what, PartsAhead<E> parts) {
		this.client = client;
		this.what = what;
		this.parts = parts;
	}

	@Override
	public boolean hasNext() {
		if (this.part == null) {
			this.part = await();
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
		return taken;
	}

	/**
	 * Where another thread closes them meanwhile, there is no more to wait for.
	 */
	private @Nullable Part<E> await() {
		Waiting.require(this.what);
		try {
			Mono<KintoResponse> coming = this.parts.nextAnswer();
			return (coming != null) ? read(Waiting.forAnswer(this.what, coming)) : null;
		}
		catch (CancellationException ex) {
			if (this.parts.isClosed()) {
				return null;
			}
			throw ex;
		}
	}

	private Part<E> read(KintoResponse answer) {
		this.client.hear(answer);
		return this.parts.read(answer);
	}

}
