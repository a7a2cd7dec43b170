package io.kintospring.protocol;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Iterates over what is given one by one, until nothing is given any more or an error
 * comes.
 *
 * @param <E> what it is
 */
final class NextIterator<E> implements Iterator<E> {

	private final Supplier<? extends @Nullable E> source;

	private @Nullable E next;

	private boolean ended;

	NextIterator(Supplier<? extends @Nullable E> source) {
		this.source = source;
	}

	@Override
	public boolean hasNext() {
		if (this.next == null && !this.ended) {
			this.ended = true;
			this.next = this.source.get();
			this.ended = this.next == null;
		}
		return this.next != null;
	}

	@Override
	public E next() {
		if (!hasNext() || this.next == null) {
			throw new NoSuchElementException();
		}
		E taken = this.next;
		this.next = null;
		return taken;
	}

}
