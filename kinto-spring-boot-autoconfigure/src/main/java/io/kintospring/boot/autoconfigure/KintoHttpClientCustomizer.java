package io.kintospring.boot.autoconfigure;

import reactor.netty.http.client.HttpClient;

/**
 * Changes the HTTP client that the auto-configured Kinto client talks through: its proxy,
 * its TLS, what properties have no name for. Customizers are applied in their order,
 * after the properties.
 */
@FunctionalInterface
public interface KintoHttpClientCustomizer {

	/**
	 * Change the client.
	 * @param httpClient the client
	 * @return the changed client
	 */
	HttpClient customize(HttpClient httpClient);

}
