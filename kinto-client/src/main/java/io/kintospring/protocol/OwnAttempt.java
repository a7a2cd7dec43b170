package io.kintospring.protocol;

import java.util.function.Predicate;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoException;
import io.kintospring.KintoObject;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes that a request was applied although its response got lost: if it is sent
 * again, it is in conflict with itself.
 *
 * @param <R> the type of the result
 */
interface OwnAttempt<R> {

	/**
	 * Return the result of the earlier attempt.
	 * @param error the error of the later attempt
	 * @param response the response to the later attempt
	 * @return the result, or {@code null} if the earlier attempt may not have been
	 * applied
	 */
	@Nullable R result(KintoException error, KintoResponse response);

	/**
	 * Recognize nothing.
	 */
	static <R> OwnAttempt<R> none() {
		return (error, response) -> null;
	}

	/**
	 * Recognize the object in the conflict.
	 * @param isOwn tests whether the object in the response is the one that was sent
	 */
	@SuppressWarnings("unchecked")
	static <T> OwnAttempt<KintoObject<T>> conflict(Predicate<KintoResponse> isOwn) {
		return (error, response) -> (error instanceof KintoConflictException conflict && isOwn.test(response))
				? conflict.existing().map((existing) -> (KintoObject<T>) existing).orElse(null) : null;
	}

}
