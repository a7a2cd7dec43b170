package io.kintospring.boot.autoconfigure;

import java.util.concurrent.atomic.AtomicReference;

import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.HttpComponentsClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.JettyClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * Factory for connectors of HTTP libraries. Kinto requires that they stream response
 * bodies and never resend a request.
 */
final class KintoConnectors {

	private KintoConnectors() {
	}

	/**
	 * Return the Reactor Netty client of a builder, with the connection provider of
	 * Kinto. The connector that the builder returns does not expose its client.
	 */
	static HttpClient reactorNetty(ReactorClientHttpConnectorBuilder builder, ConnectionProvider connections,
			HttpClientSettings settings) {
		AtomicReference<HttpClient> built = new AtomicReference<>();
		builder.withHttpClientFactory(() -> HttpClient.create(connections)).withHttpClientCustomizer((client) -> {
			built.set(client);
			return client;
		}).build(settings);
		return built.get();
	}

	/**
	 * Return the connector of any other library.
	 * @param builder the builder of the application
	 * @param maxConnections the maximum number of connections
	 * @param settings the settings
	 */
	static ClientHttpConnector connector(ClientHttpConnectorBuilder<?> builder, int maxConnections,
			HttpClientSettings settings) {
		if (builder instanceof HttpComponentsClientHttpConnectorBuilder httpComponents) {
			return HttpComponentsConnector.build(httpComponents, maxConnections, settings);
		}
		return (builder instanceof JettyClientHttpConnectorBuilder jetty)
				? JettyConnector.build(jetty, maxConnections, settings) : builder.build(settings);
	}

}
