package io.kintospring.client;

import org.jspecify.annotations.Nullable;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * The HTTP library below a {@code WebClient}, with its connections.
 */
interface HttpLibrary extends AutoCloseable {

	/**
	 * Return Spring's connector for it.
	 */
	ClientHttpConnector connector();

	/**
	 * Return what exchanges whole responses faster than that connector, or {@code null}
	 * if there is nothing.
	 */
	default @Nullable ExchangeFunction exchangeFunction() {
		return null;
	}

	/**
	 * Whether a connection is closed after a {@code HEAD} only if the request says so.
	 */
	boolean needsConnectionClose();

	@Override
	void close();

}
