package io.kintospring.client;

import java.time.Duration;

import io.kintospring.protocol.KintoResponse;
import org.jspecify.annotations.Nullable;

/**
 * Source of the slices of a sequence, for one consumer. The consumer requests a response
 * and reads its slice before it requests the next one. Further requests can be in flight.
 * Any thread can close it.
 *
 * @param <E> the type of the elements
 */
interface SliceSource<E> extends AutoCloseable {

	/**
	 * Return how long the consumer must pause before it requests the next response. The
	 * pause can be extended until it ends.
	 */
	default Duration pause() {
		return Duration.ZERO;
	}

	/**
	 * Request the next response.
	 * @return the request in flight, or {@code null} if there are no more slices
	 */
	@Nullable InFlight next();

	/**
	 * Process the status and headers of that response, which can be enough to send the
	 * next request. The consumer calls this before it waits for the body.
	 */
	default void onHead(KintoResponse head) {
	}

	/**
	 * Read the slice in that response.
	 * @return the elements, which are read lazily
	 */
	Iterable<E> read(KintoResponse response);

	boolean isFinished();

	@Override
	void close();

}
