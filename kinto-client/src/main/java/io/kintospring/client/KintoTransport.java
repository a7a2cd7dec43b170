package io.kintospring.client;

import java.net.URI;
import java.util.function.Function;

import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;

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
	 * Fetch a file, without credentials and without the headers of other requests. By
	 * default this is not supported.
	 * @param address where it is; relative to the root of the server's API
	 * @param refused makes the error of an answer that does not bring the file
	 * @return the bytes of the file as they come, which the subscriber has to release
	 */
	default Flux<DataBuffer> download(URI address, Function<KintoResponse, ? extends Throwable> refused) {
		return Flux.error(() -> new UnsupportedOperationException(getClass().getName() + " cannot download files"));
	}

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
