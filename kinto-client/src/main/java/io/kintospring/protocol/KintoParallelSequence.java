package io.kintospring.protocol;

import java.util.List;

/**
 * List that is read with several requests at the same time. Immutable; nothing is sent
 * until a client runs it.
 *
 * @param <E> the type of the elements
 */
public sealed interface KintoParallelSequence<E> {

	/**
	 * Return the maximum number of requests in flight.
	 * @return the number of requests
	 */
	int parallel();

	/**
	 * Elements in no order, from several sequences.
	 *
	 * @param <E> the type of the elements
	 * @param sequences returns the sequences, which have no elements in common
	 * @param parallel the maximum number of requests in flight
	 */
	record Unordered<E>(KintoFlow<List<KintoSequence<E>>> sequences, int parallel) implements KintoParallelSequence<E> {
	}

	/**
	 * Elements in the order of a list, from consecutive ranges of it.
	 *
	 * @param <E> the type of the elements
	 * @param list returns the range that is the whole list
	 * @param parallel the maximum number of requests in flight
	 */
	record Ordered<E>(KintoFlow<ListRange<E>> list, int parallel) implements KintoParallelSequence<E> {

		/**
		 * Return the call of the first request.
		 * @return the call
		 */
		public KintoCall<?> first() {
			return (this.list instanceof KintoFlow.Ask<ListRange<E>> ask) ? ask.call()
					: ((KintoFlow.Done<ListRange<E>>) this.list).result().call();
		}

	}

}
