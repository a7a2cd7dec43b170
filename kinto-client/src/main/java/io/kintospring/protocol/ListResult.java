package io.kintospring.protocol;

import java.util.Collections;
import java.util.List;

import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, and the call for the next one.
 *
 * @param <T> the type of the objects' data
 * @param data the objects
 * @param tombstones the deleted objects, which Kinto lists where a filter is on the
 * version
 * @param timestamp the version of the list at the moment of this page
 * @param next asks for the next page, or {@code null} if this is the last one
 */
public record ListResult<T>(List<KintoObject<T>> data, List<KintoTombstone> tombstones, KintoTimestamp timestamp,
		@Nullable KintoCall<ListResult<T>> next) {

	/**
	 * Create a page.
	 */
	public ListResult {
		data = Collections.unmodifiableList(data);
		tombstones = Collections.unmodifiableList(tombstones);
	}

}
