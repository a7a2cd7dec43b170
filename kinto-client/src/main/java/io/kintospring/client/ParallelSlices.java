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
 * The slices of several sequences in no order: whichever comes first.
 *
 * @param <E> the type of the elements
 */
final class ParallelSlices<E> implements SliceSource<E> {

	private final Iterator<KintoSequence<E>> waiting;

	private final int parallel;

	private final Function<KintoSequence<E>, SequentialSlices<E>> slices;

	private final Map<SequentialSlices<E>, InFlight> underWay = new LinkedHashMap<>();

	private volatile boolean closed;

	/**
	 * Create the slices.
	 * @param sequences the sequences, which have nothing in common
	 * @param parallel how many of them are read at the same time
	 * @param slices makes the slices of one sequence
	 */
	ParallelSlices(List<KintoSequence<E>> sequences, int parallel,
			Function<KintoSequence<E>, SequentialSlices<E>> slices) {
		this.waiting = sequences.iterator();
		this.parallel = parallel;
		this.slices = slices;
	}

	@Override
	public @Nullable InFlight next() {
		synchronized (this.underWay) {
			while (!this.closed && this.underWay.size() < this.parallel && this.waiting.hasNext()) {
				put(this.slices.apply(this.waiting.next()));
			}
			return (this.closed || this.underWay.isEmpty()) ? null
					: InFlight.anyOf(List.copyOf(this.underWay.values()));
		}
	}

	private void put(SequentialSlices<E> sequence) {
		InFlight inFlight = sequence.next();
		if (inFlight != null) {
			this.underWay.put(sequence, inFlight);
		}
	}

	@Override
	public Iterable<E> read(KintoResponse response) {
		SequentialSlices<E> sequence = remove(response);
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

	private SequentialSlices<E> remove(KintoResponse response) {
		synchronized (this.underWay) {
			for (Map.Entry<SequentialSlices<E>, InFlight> entry : this.underWay.entrySet()) {
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
		List<SequentialSlices<E>> open;
		synchronized (this.underWay) {
			open = new ArrayList<>(this.underWay.keySet());
			this.underWay.clear();
		}
		open.forEach(SequentialSlices::close);
	}

}
