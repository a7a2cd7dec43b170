package io.kintospring.client;

import java.net.URI;
import java.util.function.Consumer;
import java.util.function.Function;

import io.kintospring.KintoNotSentException;
import io.kintospring.KintoTransportException;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Strategy for sending a request to a server and returning the response, whatever its
 * status. The {@link KintoClient} adds credentials, timeouts, signals and observations.
 * Implementations must be thread-safe.
 *
 * @see WebClientKintoTransport
 */
@FunctionalInterface
public interface KintoTransport extends AutoCloseable {

	/**
	 * Send a request and return the response.
	 * @param request the request
	 * @return the complete response. Fails with a {@link KintoNotSentException} if the
	 * server has not received the request, or else with a
	 * {@link KintoTransportException}. The client wraps any other exception in the
	 * latter.
	 */
	Mono<KintoResponse> exchange(KintoRequest request);

	/**
	 * Send a request, and pass on the status and headers of the response as soon as they
	 * are received. By default, they are passed on with the complete response.
	 * @param request the request
	 * @param head accepts one response with status and headers, without a body. It is
	 * called on a thread that must not be blocked.
	 * @return the complete response
	 */
	default Mono<KintoResponse> exchange(KintoRequest request, Consumer<KintoResponse> head) {
		return exchange(request).doOnNext(head);
	}

	/**
	 * Download a file, without the credentials and headers of other requests. By default,
	 * this is not supported.
	 * @param address the URL of the file, relative to the root of the server's API
	 * @param refused creates the error for a response without the file
	 * @return the bytes of the file, which the subscriber must release
	 */
	default Flux<DataBuffer> download(URI address, Function<KintoResponse, ? extends Throwable> refused) {
		return Flux.error(() -> new UnsupportedOperationException(getClass().getName() + " cannot download files"));
	}

	/**
	 * Return a transport for the same server with connections of its own, whose requests
	 * do not wait for those of this one. The default is this transport.
	 * @return the transport, which must be closed if it is another one
	 */
	default KintoTransport withOwnConnections() {
		return this;
	}

	/**
	 * Return the URL of the server's API for messages, events and health details.
	 * @return the URL, without credentials; by default, the name of the class
	 */
	default String server() {
		return getClass().getName();
	}

	/**
	 * Release resources such as connections. By default, there are none.
	 */
	@Override
	default void close() {
	}

}
