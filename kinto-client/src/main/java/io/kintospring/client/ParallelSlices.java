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
 * Slices of several sequences, in the order in which they are received.
 *
 * @param <E> the type of the elements
 */
final class ParallelSlices<E> implements SliceSource<E> {

	private final Iterator<KintoSequence<E>> waiting;

	private final int parallel;

	private final Function<KintoSequence<E>, SequentialSlices<E>> slices;

	private final Map<SequentialSlices<E>, InFlight> inFlight = new LinkedHashMap<>();

	private volatile boolean closed;

	ParallelSlices(List<KintoSequence<E>> sequences, int parallel,
			Function<KintoSequence<E>, SequentialSlices<E>> slices) {
		this.waiting = sequences.iterator();
		this.parallel = parallel;
		this.slices = slices;
	}

	@Override
	public @Nullable InFlight next() {
		synchronized (this.inFlight) {
			while (!this.closed && this.inFlight.size() < this.parallel && this.waiting.hasNext()) {
				put(this.slices.apply(this.waiting.next()));
			}
			return (this.closed || this.inFlight.isEmpty()) ? null
					: InFlight.anyOf(List.copyOf(this.inFlight.values()));
		}
	}

	private void put(SequentialSlices<E> sequence) {
		InFlight request = sequence.next();
		if (request != null) {
			this.inFlight.put(sequence, request);
		}
	}

	@Override
	public Iterable<E> read(KintoResponse response) {
		SequentialSlices<E> sequence = remove(response);
		Iterable<E> elements = sequence.read(response);
		synchronized (this.inFlight) {
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
		synchronized (this.inFlight) {
			for (Map.Entry<SequentialSlices<E>, InFlight> entry : this.inFlight.entrySet()) {
				CompletableFuture<KintoResponse> candidate = entry.getValue().response();
				// the failure of another request is reported when its response is read
				if (candidate.isDone() && !candidate.isCompletedExceptionally() && candidate.join() == response) {
					this.inFlight.remove(entry.getKey());
					return entry.getKey();
				}
			}
		}
		throw new NoSuchElementException("The response belongs to no request in flight");
	}

	@Override
	public boolean isFinished() {
		synchronized (this.inFlight) {
			return this.closed || (this.inFlight.isEmpty() && !this.waiting.hasNext());
		}
	}

	@Override
	public void close() {
		this.closed = true;
		List<SequentialSlices<E>> open;
		synchronized (this.inFlight) {
			open = new ArrayList<>(this.inFlight.keySet());
			this.inFlight.clear();
		}
		open.forEach(SequentialSlices::close);
	}

}
