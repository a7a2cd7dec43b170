package io.kintospring.template;

import java.util.Map;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoCreation;
import io.kintospring.KintoObject;
import io.kintospring.KintoWriteOptions;
import io.kintospring.client.KintoExecutor;
import io.kintospring.protocol.ContainerCalls;

/**
 * Operations on objects that contain others: all buckets, or the collections of a bucket.
 * Their data is a map of attributes, which can be empty.
 * <p>
 * Kinto responds to requests for a missing bucket with {@code 403}, or with {@code 401}
 * to anonymous users. Operations on a missing bucket, and on the collections of one,
 * therefore fail with a {@link KintoAccessDeniedException}, even {@code find}. To get a
 * bucket that may be missing, use {@code createIfAbsent}.
 */
public interface ContainerOperations extends ObjectOperations<Map<String, Object>> {

	/**
	 * Create an object without attributes.
	 * @param id the id
	 * @param options options of this operation
	 * @return the created object
	 * @throws KintoConflictException if an object with this id exists, unless
	 * {@code safe(false)} allows it to be replaced
	 */
	default KintoObject<Map<String, Object>> create(String id, KintoWriteOptions.Customizer... options) {
		return execute(calls().create(id, options));
	}

	/**
	 * Create an object without attributes, or return the existing one unchanged.
	 * @param id the id
	 * @param options options of this operation
	 * @return the object, and whether it was created
	 */
	default KintoCreation<Map<String, Object>> createIfAbsent(String id, KintoWriteOptions.Customizer... options) {
		return execute(calls().createIfAbsent(id, options));
	}

	@Override
	ContainerCalls calls();

	/**
	 * Default implementation that runs the calls on an executor.
	 *
	 * @param executor runs the calls
	 * @param calls the calls
	 */
	record Handle(KintoExecutor executor, ContainerCalls calls) implements ContainerOperations {
	}

}
