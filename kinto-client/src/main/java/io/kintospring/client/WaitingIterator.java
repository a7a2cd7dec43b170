package io.kintospring.client;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;

import io.kintospring.protocol.KintoResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The elements of a sequence, each of which is read by the thread that asks for it.
 * Nobody can go on after an error.
 */
final class WaitingIterator<E> implements Iterator<E> {

	private final KintoClient client;

	private final Object what;

	private final PartsAhead<E> parts;

	private Iterator<E> elements = Collections.emptyIterator();

	WaitingIterator(KintoClient client, Object what, PartsAhead<E> parts) {
		this.client = client;
		this.what = what;
		this.parts = parts;
	}

	@Override
	public boolean hasNext() {
		try {
			while (!this.elements.hasNext()) {
				this.elements = Collections.emptyIterator();
				KintoResponse answer = await();
				if (answer == null) {
					return false;
				}
				this.client.hear(answer);
				this.elements = this.parts.read(answer).elements().iterator();
			}
			return true;
		}
		catch (RuntimeException ex) {
			this.elements = Collections.emptyIterator();
			this.parts.close();
			throw ex;
		}
	}

	@Override
	public E next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		return this.elements.next();
	}

	/**
	 * Where another thread closes them meanwhile, there is no more to wait for.
	 */
	private @Nullable KintoResponse await() {
		Waiting.require(this.what);
		try {
			Mono<KintoResponse> coming = this.parts.nextAnswer();
			return (coming != null) ? Waiting.forAnswer(this.what, coming) : null;
		}
		catch (CancellationException ex) {
			if (this.parts.isClosed()) {
				return null;
			}
			throw ex;
		}
	}

}
