package io.kintospring.protocol;

import java.util.Comparator;

import io.kintospring.KintoTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Field that sorts and divides a list. A key that comes later in the list has a greater
 * number and compares as greater, even in descending order.
 *
 * @param <K> the type of the field
 */
interface RangeKey<K extends Comparable<K>> extends Comparator<K> {

	String field();

	boolean descending();

	K key(String id, KintoTimestamp lastModified);

	@Override
	default int compare(K left, K right) {
		return descending() ? right.compareTo(left) : left.compareTo(right);
	}

	/**
	 * Return the position of a key as a number, to estimate distances.
	 */
	double number(K key);

	/**
	 * Return the key near a number, or {@code null} if there is none.
	 */
	@Nullable K at(double number);

	/**
	 * Return whether Kinto can filter by a key.
	 */
	default boolean isFilter(K key) {
		return true;
	}

	/**
	 * Return the last possible key of a list with a version, or {@code null} if unknown.
	 */
	default @Nullable K end(KintoTimestamp list) {
		return null;
	}

}
