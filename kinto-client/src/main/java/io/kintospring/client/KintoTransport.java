package io.kintospring.client;

import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import reactor.core.publisher.Mono;

/**
 * Carries a request to a server and brings its answer back, whatever its status.
 */
@FunctionalInterface
public interface KintoTransport extends AutoCloseable {

	/**
	 * Exchange a request for an answer.
	 * @param request what to send
	 * @return the answer when it is there in whole, or an error if none came
	 */
	Mono<KintoResponse> exchange(KintoRequest request);

	/**
	 * Return where requests go, for people to read.
	 * @return the address of the server's API, without credentials, where there is one
	 */
	default String server() {
		return getClass().getName();
	}

	/**
	 * Give back what is held open for the server. By default nothing is.
	 */
	@Override
	default void close() {
	}

}
