package io.kintospring.protocol;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

import io.kintospring.KintoResponseException;
import org.jspecify.annotations.Nullable;

/**
 * What comes part by part, each by a request of its own, such as a list page by page.
 * Like a call it is an immutable value.
 *
 * @param <E> the type of the elements
 * @param first gives the first part
 * @param endless whether it goes on until its consumer or the client ends it
 */
public record KintoSequence<E>(KintoCall<Part<E>> first, boolean endless) {

	/**
	 * Create a sequence that has an end.
	 */
	KintoSequence(KintoCall<Part<E>> first) {
		this(first, false);
	}

	static <T, E> KintoSequence<E> ofPages(KintoCall<ListResult<T>> first, Function<ListResult<T>, List<E>> elements) {
		return new KintoSequence<>(partOf(first, elements));
	}

	private static <T, E> KintoCall<Part<E>> partOf(KintoCall<ListResult<T>> page,
			Function<ListResult<T>, List<E>> elements) {
		return page.map((result) -> {
			KintoCall<ListResult<T>> next = result.next();
			return new Part<>(elements.apply(result), (next != null) ? partOf(next, elements) : null, Duration.ZERO);
		});
	}

	/**
	 * Return this sequence as one that requires a capability.
	 */
	KintoSequence<E> requiring(String capability) {
		return new KintoSequence<>(this.first.requiring(capability), this.endless);
	}

	/**
	 * Return the flow that collects the whole sequence, which must have an end.
	 * @return gives all elements
	 */
	public KintoFlow<List<E>> collect() {
		return collect(this.first, null);
	}

	private static <E> KintoFlow<List<E>> collect(KintoCall<Part<E>> call, @Nullable Collected<E> before) {
		return KintoFlow.ask(call).then((part) -> {
			List<E> elements = new ArrayList<>();
			part.elements().forEach(elements::add);
			Collected<E> collected = new Collected<>(before, elements);
			return (part.next() != null) ? collect(part.next(), collected) : KintoFlow.done(collected.all());
		});
	}

	/**
	 * What was collected so far, which is never changed: a flow can be run more than
	 * once.
	 */
	private record Collected<E>(@Nullable Collected<E> before, List<E> elements) {

		List<E> all() {
			Deque<List<E>> parts = new ArrayDeque<>();
			for (Collected<E> collected = this; collected != null; collected = collected.before) {
				parts.addFirst(collected.elements);
			}
			List<E> all = new ArrayList<>();
			parts.forEach(all::addAll);
			return all;
		}

	}

	/**
	 * A part of a sequence.
	 *
	 * @param <E> the type of the elements
	 * @param elements the elements of this part. They are read as far as they are
	 * iterated over, so that the next part can be on its way meanwhile; iterating fails
	 * with a {@link KintoResponseException} at an element that cannot be read.
	 * @param next gives the next part, or {@code null} if this is the last one
	 * @param pause how long to wait before the next request
	 */
	public record Part<E>(Iterable<E> elements, @Nullable KintoCall<Part<E>> next, Duration pause) {
	}

}
