package io.kintospring.protocol;

import java.util.Comparator;

import io.kintospring.KintoTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * The field that a list is sorted and divided by. Numbers and comparisons are in the
 * order of the list: what comes later is greater, also in a descending order.
 *
 * @param <K> the type of the field
 */
interface RangeKey<K> extends Comparator<K> {

	String field();

	boolean descending();

	K key(String id, KintoTimestamp lastModified);

	/**
	 * Return where a key is, as a number. It only serves to estimate distances.
	 */
	double number(K key);

	/**
	 * Return the key at about a number, or {@code null} if there is none.
	 */
	@Nullable K at(double number);

	/**
	 * Return whether Kinto has a filter for what comes before or after a key.
	 */
	default boolean isFilter(K key) {
		return true;
	}

	/**
	 * Return the last key that a list of a version can have, or {@code null} if unknown.
	 */
	default @Nullable K end(KintoTimestamp list) {
		return null;
	}

}
