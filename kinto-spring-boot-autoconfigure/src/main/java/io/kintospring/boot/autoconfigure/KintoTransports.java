package io.kintospring.boot.autoconfigure;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.kintospring.KintoUrl;
import io.kintospring.client.WebClientKintoTransport;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.autoconfigure.HttpClientsProperties;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Factory for transports that use the {@code WebClient} configuration of the application.
 */
class KintoTransports {

	private final ObjectProvider<WebClient.Builder> webClientBuilder;

	private final ObjectProvider<WebClientCustomizer> webClientCustomizers;

	private final ClientHttpConnectorBuilder<?> connectorBuilder;

	private final ObjectProvider<HttpClientSettings> settings;

	private final ObjectProvider<HttpClientsProperties> settingsProperties;

	private final ObjectProvider<SslBundles> bundles;

	/** One for each client. SSL bundles never remove the update handler of settings. */
	private final Map<KintoClientProperties, KintoHttpClientSettings> clientSettings = new ConcurrentHashMap<>();

	KintoTransports(ObjectProvider<WebClient.Builder> webClientBuilder,
			ObjectProvider<WebClientCustomizer> webClientCustomizers,
			ObjectProvider<ClientHttpConnectorBuilder<?>> connectorBuilder, ObjectProvider<HttpClientSettings> settings,
			ObjectProvider<HttpClientsProperties> settingsProperties, ObjectProvider<SslBundles> bundles) {
		this.webClientBuilder = webClientBuilder;
		this.webClientCustomizers = webClientCustomizers;
		this.connectorBuilder = connectorBuilder.getIfAvailable(ClientHttpConnectorBuilder::detect);
		this.settings = settings;
		this.settingsProperties = settingsProperties;
		this.bundles = bundles;
	}

	/**
	 * Return a builder of a transport.
	 * @param url the URL of the server
	 * @param bundle the SSL bundle to use instead of that of the properties, or
	 * {@code null}
	 * @param properties the properties of the client
	 * @param customizers the customizers of the client
	 */
	WebClientKintoTransport.Builder transport(KintoUrl url, @Nullable SslBundle bundle,
			KintoClientProperties properties, Stream<KintoWebClientCustomizer> customizers) {
		WebClient.Builder webClient = webClient(customizers);
		if (bundle != null) {
			HttpClientSettings withBundle = KintoHttpClientSettings.withoutBundle(properties, applicationSettings())
				.withSslBundle(bundle);
			return transport(url, properties, webClient, this.connectorBuilder, () -> withBundle);
		}
		KintoHttpClientSettings reloadable = this.clientSettings.computeIfAbsent(properties,
				(key) -> new KintoHttpClientSettings(key, applicationSettings(),
						this.settingsProperties.getIfAvailable(), this.bundles.getIfAvailable()));
		return transport(url, properties, webClient, this.connectorBuilder, reloadable)
			.reconnection(reloadable::onSslBundleUpdate);
	}

	private HttpClientSettings applicationSettings() {
		return this.settings.getIfAvailable(HttpClientSettings::defaults);
	}

	static WebClientKintoTransport.Builder transport(KintoUrl url, KintoClientProperties properties,
			WebClient.Builder webClient, ClientHttpConnectorBuilder<?> connectorBuilder,
			Supplier<HttpClientSettings> settings) {
		WebClientKintoTransport.Builder transport = WebClientKintoTransport.builder(url)
			.webClient(webClient)
			.maxInMemorySize(Math.toIntExact(properties.getMaxInMemorySize().toBytes()))
			.maxConnections(properties.getMaxConnections())
			.maxPendingRequests(properties.getMaxPendingRequests());
		if (connectorBuilder instanceof ReactorClientHttpConnectorBuilder reactor) {
			return transport
				.reactorNetty((connections) -> KintoConnectors.reactorNetty(reactor, connections, settings.get()));
		}
		return transport.connector(
				() -> KintoConnectors.connector(connectorBuilder, properties.getMaxConnections(), settings.get()));
	}

	/**
	 * Return a builder for Kinto. If the application defines several builders, none of
	 * them is used.
	 */
	private WebClient.Builder webClient(Stream<KintoWebClientCustomizer> customizers) {
		WebClient.Builder application = this.webClientBuilder.getIfUnique();
		WebClient.Builder kinto;
		if (application != null) {
			kinto = application.clone();
		}
		else {
			kinto = WebClient.builder();
			this.webClientCustomizers.orderedStream().forEach((customizer) -> customizer.customize(kinto));
		}
		customizers.forEach((customizer) -> customizer.customize(kinto));
		return kinto;
	}

}
