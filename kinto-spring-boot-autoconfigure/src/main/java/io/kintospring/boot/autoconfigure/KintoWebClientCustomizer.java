package io.kintospring.boot.autoconfigure;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Changes the {@code WebClient} that the auto-configured Kinto client sends requests
 * with, and no other one: filters, default headers, observations. Customizers are applied
 * in their order, after those of the application's {@code WebClient.Builder}. The
 * connector of the builder is not used: see {@code ClientHttpConnectorBuilder} for that.
 */
@FunctionalInterface
public interface KintoWebClientCustomizer {

	/**
	 * Change the client.
	 * @param webClientBuilder the builder to change, which belongs to Kinto
	 */
	void customize(WebClient.Builder webClientBuilder);

}
