package io.kintospring.boot.autoconfigure;

import reactor.netty.http.client.HttpClient;

/**
 * Changes the HTTP client that the auto-configured Kinto client talks through: its proxy,
 * its TLS, what properties have no name for. Customizers are applied in their order,
 * after the properties. Files that are attached to records are downloaded by the same
 * client: what it is made to add to each request goes to where they are, too.
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
