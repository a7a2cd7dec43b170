package io.kintospring.boot.autoconfigure;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Callback for customizing the {@code WebClient} of the primary Kinto client, such as its
 * filters, default headers and observations. Other clients are not affected. Customizers
 * are applied in order, after the customizers of the application's
 * {@code WebClient.Builder}.
 * <p>
 * A customizer that has the name of a client of {@code kinto.clients} as its qualifier
 * customizes that client instead. It must not be a default candidate.
 * <p>
 * The connector of the builder is ignored. Use a {@code ClientHttpConnectorBuilder} to
 * configure the connector.
 */
@FunctionalInterface
public interface KintoWebClientCustomizer {

	/**
	 * Customize the builder.
	 * @param webClientBuilder the builder of the {@code WebClient} for Kinto
	 */
	void customize(WebClient.Builder webClientBuilder);

}
