package io.kintospring.protocol;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Range of a sorted list: the objects between two positions. The distance between the
 * positions is known, the number of objects is not. Immutable.
 *
 * @param <E> the type of the objects
 */
public interface ListRange<E> {

	/**
	 * Return the call that reads the first page of this range.
	 * @return the call
	 */
	KintoCall<Page<E>> call();

	/**
	 * Return the distance from the beginning to the end of this range.
	 * @return the distance, infinite if a position is unknown
	 */
	double width();

	/**
	 * Return the beginning of this range.
	 * @param width the wanted width of the beginning
	 * @return the beginning, or this range if it cannot be divided
	 */
	ListRange<E> beginning(double width);

	/**
	 * Return the range from the end of this one to the end of the list.
	 * @return the range, or {@code null} if this one reaches the end of the list
	 */
	@Nullable ListRange<E> following();

	/**
	 * Return this range extended to the end of the list.
	 * @return the range, or {@code null} if Kinto has no filter for it
	 */
	@Nullable ListRange<E> toEnd();

	/**
	 * First page of a range.
	 *
	 * @param <E> the type of the objects
	 * @param elements the objects, without tombstones
	 * @param size the number of objects and tombstones
	 * @param width the distance from the beginning of the range to the last object
	 * @param rest the part of the range after this page, or {@code null} if the page is
	 * the whole range
	 */
	record Page<E>(List<E> elements, int size, double width, @Nullable ListRange<E> rest) {
	}

}
