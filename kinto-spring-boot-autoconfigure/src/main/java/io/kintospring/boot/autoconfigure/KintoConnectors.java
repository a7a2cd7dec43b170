package io.kintospring.boot.autoconfigure;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;

import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.HttpComponentsClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.JettyClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.client.reactive.HttpComponentsClientHttpConnector;

/**
 * Prepares HTTP libraries for Kinto: they have to hand over responses as they come, and
 * to send nothing twice.
 */
final class KintoConnectors {

	private KintoConnectors() {
	}

	/**
	 * Return the client of Reactor Netty that a builder makes, on connections of Kinto's.
	 * The connector that it builds does not tell its client.
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
	 * @param maxConnections how many connections are needed
	 * @param settings the settings
	 */
	static ClientHttpConnector connector(ClientHttpConnectorBuilder<?> builder, int maxConnections,
			HttpClientSettings settings) {
		if (builder instanceof HttpComponentsClientHttpConnectorBuilder httpComponents) {
			return HttpComponents.connector(httpComponents, maxConnections, settings);
		}
		return (builder instanceof JettyClientHttpConnectorBuilder jetty)
				? Jetty.connector(jetty, maxConnections, settings) : builder.build(settings);
	}

	/**
	 * It would decompress bodies and still call them compressed, repeat requests, open 5
	 * connections to a server, and fail on a page token of more than 8 KiB.
	 */
	private static final class HttpComponents {

		private static final int MAX_RESPONSE_HEADER = 64 * 1024;

		static ClientHttpConnector connector(HttpComponentsClientHttpConnectorBuilder builder, int maxConnections,
				HttpClientSettings settings) {
			HttpComponentsClientHttpConnector connector = builder
				.withHttpClientCustomizer(HttpAsyncClientBuilder::disableContentCompression)
				.withHttpClientCustomizer(HttpAsyncClientBuilder::disableAutomaticRetries)
				.withHttpClientCustomizer((client) -> client
					.setHttp1Config(Http1Config.custom().setMaxLineLength(MAX_RESPONSE_HEADER).build()))
				.withConnectionManagerCustomizer(
						(connections) -> connections.setMaxConnTotal(maxConnections).setMaxConnPerRoute(maxConnections))
				.build(settings);
			return new PreparedConnector(connector, ConnectTimeoutException.class::isInstance, connector::close);
		}

	}

	/**
	 * It would decompress files, which are checked as they were uploaded, fail where a
	 * 401 says nothing of how to authenticate, and never end its threads.
	 */
	private static final class Jetty {

		private static final String CONNECT_TIMEOUT = "Connect Timeout";

		static ClientHttpConnector connector(JettyClientHttpConnectorBuilder builder, int maxConnections,
				HttpClientSettings settings) {
			AtomicReference<org.eclipse.jetty.client.HttpClient> built = new AtomicReference<>();
			ClientHttpConnector connector = builder.withHttpClientCustomizer((client) -> {
				client.setMaxConnectionsPerDestination(maxConnections);
				client.addEventListener(new LifeCycle.Listener() {

					@Override
					public void lifeCycleStarted(LifeCycle event) {
						client.getContentDecoderFactories().clear();
						client.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
					}

				});
				built.set(client);
			}).build(settings);
			return new PreparedConnector(connector, Jetty::isConnectTimeout, () -> LifeCycle.stop(built.get()));
		}

		/**
		 * The class of the exception is that of any timeout.
		 */
		private static boolean isConnectTimeout(Throwable failure) {
			return failure instanceof SocketTimeoutException && CONNECT_TIMEOUT.equals(failure.getMessage());
		}

	}

	/**
	 * A connector that can be closed, and whose connect timeout is an exception that says
	 * so.
	 */
	private record PreparedConnector(ClientHttpConnector connector, Predicate<Throwable> connectTimeout,
			Closeable resources) implements ClientHttpConnector, Closeable {

		@Override
		public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
				Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
			return this.connector.connect(method, uri, requestCallback)
				.onErrorMap(this.connectTimeout, (ex) -> new ConnectException(ex.getMessage()));
		}

		@Override
		public void close() throws IOException {
			this.resources.close();
		}

	}

}
