package io.kintospring.client;

import java.time.Duration;

import io.kintospring.protocol.KintoResponse;
import org.jspecify.annotations.Nullable;

/**
 * The slices of what is read request by request, for one consumer. It asks for a
 * response, and reads the slice in it before it asks for the next one; meanwhile, further
 * requests can be under way. Any thread can close it.
 *
 * @param <E> the type of the elements
 */
interface SliceSource<E> extends AutoCloseable {

	/**
	 * Return how long the consumer has to pause before it asks for the next response.
	 */
	default Duration pause() {
		return Duration.ZERO;
	}

	/**
	 * Ask for the next response.
	 * @return the request that is under way, or {@code null} if there are no more slices
	 */
	@Nullable InFlight next();

	/**
	 * Take note of status and headers of that response, which can be enough to send the
	 * request after it. The consumer calls this before it waits for the rest.
	 */
	default void onHead(KintoResponse head) {
	}

	/**
	 * Read the slice in that response.
	 * @return the elements, which are read as they are iterated over
	 */
	Iterable<E> read(KintoResponse response);

	/**
	 * Return whether there are no more slices to ask for.
	 */
	boolean isFinished();

	@Override
	void close();

}
