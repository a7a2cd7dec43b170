package io.kintospring.protocol;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.kintospring.KintoResponseException;
import org.jspecify.annotations.Nullable;

/**
 * Elements that are read slice by slice, with one request each, such as the pages of a
 * list. Immutable; nothing is sent until a client runs it.
 *
 * @param <E> the type of the elements
 * @param first returns the first slice
 * @param endless whether the sequence continues until its consumer or the client ends it
 */
public record KintoSequence<E>(KintoCall<Slice<E>> first, boolean endless) {

	/**
	 * Create a finite sequence.
	 */
	KintoSequence(KintoCall<Slice<E>> first) {
		this(first, false);
	}

	/**
	 * Return a copy of this sequence that requires a capability.
	 */
	KintoSequence<E> requiring(String capability) {
		return new KintoSequence<>(this.first.requiring(capability), this.endless);
	}

	/**
	 * Return a flow that collects the whole sequence, which must be finite.
	 * @return the flow
	 */
	public KintoFlow<List<E>> collect() {
		return collect(this.first, null);
	}

	private static <E> KintoFlow<List<E>> collect(KintoCall<Slice<E>> call, @Nullable Collected<E> before) {
		return KintoFlow.ask(call).then((slice) -> {
			List<E> elements = new ArrayList<>();
			slice.elements().forEach(elements::add);
			Collected<E> collected = new Collected<>(before, elements);
			return (slice.next() != null) ? collect(slice.next(), collected) : KintoFlow.done(collected.all());
		});
	}

	/**
	 * Slices collected so far. Immutable, because a flow can run more than once.
	 */
	private record Collected<E>(@Nullable Collected<E> before, List<E> elements) {

		List<E> all() {
			Deque<List<E>> slices = new ArrayDeque<>();
			for (Collected<E> collected = this; collected != null; collected = collected.before) {
				slices.addFirst(collected.elements);
			}
			List<E> all = new ArrayList<>();
			slices.forEach(all::addAll);
			return all;
		}

	}

	/**
	 * Slice of a sequence.
	 *
	 * @param <E> the type of the elements
	 * @param elements the elements of this slice, which are read while you iterate.
	 * Iterating fails with a {@link KintoResponseException} at an unreadable element.
	 * @param next returns the next slice, or {@code null} if this is the last one
	 * @param pause the time to wait before the next request
	 */
	public record Slice<E>(Iterable<E> elements, @Nullable KintoCall<Slice<E>> next, Duration pause) {
	}

}
