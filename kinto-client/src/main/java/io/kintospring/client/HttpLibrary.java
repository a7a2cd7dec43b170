package io.kintospring.client;

import org.jspecify.annotations.Nullable;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * HTTP library of a {@code WebClient}, with its connections.
 */
interface HttpLibrary extends AutoCloseable {

	ClientHttpConnector connector();

	/**
	 * Return an exchange function that is faster than the connector for complete
	 * responses, or {@code null} if there is none.
	 */
	default @Nullable ExchangeFunction exchangeFunction() {
		return null;
	}

	/**
	 * Return whether a connection is closed after a {@code HEAD} request only if the
	 * request has a {@code Connection: close} header.
	 */
	boolean needsConnectionClose();

	@Override
	void close();

}
