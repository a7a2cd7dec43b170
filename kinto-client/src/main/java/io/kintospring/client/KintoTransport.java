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
 * Strategy for carrying a request to a server and its response back, whatever the status.
 * A {@link KintoClient} adds the rest: credentials, timeouts, signals and observations.
 *
 * @see WebClientKintoTransport
 */
@FunctionalInterface
public interface KintoTransport extends AutoCloseable {

	/**
	 * Exchange a request for a response.
	 * @param request what to send
	 * @return the complete response. Fails with a {@link KintoTransportException}, or a
	 * {@link KintoNotSentException} if the server has not seen the request; any other
	 * exception is turned into the former.
	 */
	Mono<KintoResponse> exchange(KintoRequest request);

	/**
	 * Exchange a request for a response, and report the status and the headers as soon as
	 * they are there. By default they are reported with the complete response.
	 * @param request what to send
	 * @param head is called once with a response that has status and headers but no body,
	 * on a thread that must not be blocked
	 * @return the complete response
	 */
	default Mono<KintoResponse> exchange(KintoRequest request, Consumer<KintoResponse> head) {
		return exchange(request).doOnNext(head);
	}

	/**
	 * Fetch a file, without credentials and without the headers of other requests. By
	 * default this is not supported.
	 * @param address the address of the file; relative to the root of the server's API
	 * @param refused makes the error for a response that does not bring the file
	 * @return the bytes of the file as they come, which the subscriber has to release
	 */
	default Flux<DataBuffer> download(URI address, Function<KintoResponse, ? extends Throwable> refused) {
		return Flux.error(() -> new UnsupportedOperationException(getClass().getName() + " cannot download files"));
	}

	/**
	 * Return a transport like this one, to the same server, whose requests do not wait
	 * for those of this one. By default this transport.
	 * @return the transport, which has to be closed if it is another one
	 */
	default KintoTransport withOwnConnections() {
		return this;
	}

	/**
	 * Return the address of the server's API for messages, events and health details.
	 * @return the address, without credentials; by default the name of the class
	 */
	default String server() {
		return getClass().getName();
	}

	/**
	 * Release the resources of the transport, such as connections. By default there are
	 * none.
	 */
	@Override
	default void close() {
	}

}
