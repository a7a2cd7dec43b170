package io.kintospring.protocol;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Iterator over the values of a supplier, until it returns {@code null} or throws.
 * 
 * @param <E> the type of the values
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
