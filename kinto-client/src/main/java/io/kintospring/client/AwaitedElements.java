package io.kintospring.client;

import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.kintospring.protocol.KintoResponse;
import org.jspecify.annotations.Nullable;

/**
 * Iterator over the elements of slices, for a thread that waits for them. It must not be
 * used after an error.
 *
 * @param <E> the type of the elements
 */
final class AwaitedElements<E> implements Iterator<E> {

	private final Object what;

	private final Function<WaitingThread, SliceSource<E>> begin;

	private final BooleanSupplier ended;

	private final Closing closing;

	private final WaitingThread thread = new WaitingThread();

	private Iterator<E> elements = Collections.emptyIterator();

	private volatile @Nullable SliceSource<E> slices;

	private volatile @Nullable CompletableFuture<Boolean> pause;

	private volatile boolean closed;

	/**
	 * Create the iterator.
	 * @param what the name of the sequence in messages
	 * @param begin creates the source of the slices for the waiting thread when the first
	 * element is requested
	 * @param ended returns whether an error is the regular end of an endless sequence
	 * @param closing ends pauses when the client is closed
	 */
	AwaitedElements(Object what, Function<WaitingThread, SliceSource<E>> begin, BooleanSupplier ended,
			Closing closing) {
		this.what = what;
		this.begin = begin;
		this.ended = ended;
		this.closing = closing;
	}

	@Override
	public boolean hasNext() {
		try {
			while (!this.elements.hasNext()) {
				this.elements = Collections.emptyIterator();
				if (!readNextSlice()) {
					return false;
				}
			}
			return true;
		}
		catch (Throwable ex) {
			boolean cancelled = this.closed && ex instanceof CancellationException;
			this.elements = Collections.emptyIterator();
			close();
			if (cancelled || this.ended.getAsBoolean()) {
				return false;
			}
			throw ex;
		}
	}

	private boolean readNextSlice() {
		if (this.closed) {
			return false;
		}
		Blocking.require(this.what);
		SliceSource<E> open = this.slices;
		if (open == null) {
			open = this.begin.apply(this.thread);
			this.slices = open;
		}
		for (Duration pause = open.pause(); !pause.isZero(); pause = open.pause()) {
			awaitPause(pause);
		}
		InFlight inFlight = open.next();
		if (inFlight == null) {
			return false;
		}
		if (this.closed) {
			close();
		}
		open.onHead(this.thread.get(this.what, inFlight.head()));
		KintoResponse response = this.thread.get(this.what, inFlight.response());
		this.elements = open.read(response).iterator();
		return true;
	}

	private void awaitPause(Duration duration) {
		CompletableFuture<Boolean> end = Blocking.future(this.closing.pause(this.what, duration).thenReturn(true),
				this.thread);
		this.pause = end;
		if (this.closed) {
			close();
		}
		this.thread.get(this.what, end);
	}

	@Override
	public E next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		return this.elements.next();
	}

	/**
	 * Close the iterator, end its pause and cancel the requests in flight.
	 */
	void close() {
		this.closed = true;
		CompletableFuture<Boolean> paused = this.pause;
		if (paused != null) {
			paused.cancel(true);
		}
		SliceSource<E> open = this.slices;
		if (open != null) {
			open.close();
		}
	}

}
