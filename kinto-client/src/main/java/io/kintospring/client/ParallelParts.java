package io.kintospring.client;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.kintospring.protocol.KintoResponse;
import io.kintospring.protocol.KintoSequence;
import org.jspecify.annotations.Nullable;

/**
 * The parts of several sequences in no order: whichever comes first.
 *
 * @param <E> the type of the elements
 */
final class ParallelParts<E> implements Parts<E> {

	private final Iterator<KintoSequence<E>> waiting;

	private final int parallel;

	private final Function<KintoSequence<E>, SequentialParts<E>> parts;

	private final Map<SequentialParts<E>, InFlight> underWay = new LinkedHashMap<>();

	private volatile boolean closed;

	/**
	 * Create the parts.
	 * @param sequences the sequences, which have nothing in common
	 * @param parallel how many of them are read at the same time
	 * @param parts makes the parts of one sequence
	 */
	ParallelParts(List<KintoSequence<E>> sequences, int parallel,
			Function<KintoSequence<E>, SequentialParts<E>> parts) {
		this.waiting = sequences.iterator();
		this.parallel = parallel;
		this.parts = parts;
	}

	@Override
	public @Nullable InFlight next() {
		synchronized (this.underWay) {
			while (!this.closed && this.underWay.size() < this.parallel && this.waiting.hasNext()) {
				put(this.parts.apply(this.waiting.next()));
			}
			return (this.closed || this.underWay.isEmpty()) ? null
					: InFlight.anyOf(List.copyOf(this.underWay.values()));
		}
	}

	private void put(SequentialParts<E> sequence) {
		InFlight inFlight = sequence.next();
		if (inFlight != null) {
			this.underWay.put(sequence, inFlight);
		}
	}

	@Override
	public Iterable<E> read(KintoResponse response) {
		SequentialParts<E> sequence = remove(response);
		Iterable<E> elements = sequence.read(response);
		synchronized (this.underWay) {
			if (this.closed) {
				sequence.close();
			}
			else {
				put(sequence);
			}
		}
		return elements;
	}

	private SequentialParts<E> remove(KintoResponse response) {
		synchronized (this.underWay) {
			for (Map.Entry<SequentialParts<E>, InFlight> entry : this.underWay.entrySet()) {
				CompletableFuture<KintoResponse> candidate = entry.getValue().response();
				// another one may have failed meanwhile, and is reported when it is read
				if (candidate.isDone() && !candidate.isCompletedExceptionally() && candidate.join() == response) {
					this.underWay.remove(entry.getKey());
					return entry.getKey();
				}
			}
		}
		throw new NoSuchElementException("The response belongs to none of the requests that are under way");
	}

	@Override
	public boolean isFinished() {
		synchronized (this.underWay) {
			return this.closed || (this.underWay.isEmpty() && !this.waiting.hasNext());
		}
	}

	@Override
	public void close() {
		this.closed = true;
		List<SequentialParts<E>> open;
		synchronized (this.underWay) {
			open = new ArrayList<>(this.underWay.keySet());
			this.underWay.clear();
		}
		open.forEach(SequentialParts::close);
	}

}
