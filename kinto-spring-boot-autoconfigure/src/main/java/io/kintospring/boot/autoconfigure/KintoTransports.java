package io.kintospring.boot.autoconfigure;

import io.kintospring.KintoUrl;
import io.kintospring.client.WebClientKintoTransport;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.autoconfigure.HttpClientsProperties;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Factory for transports that use the {@code WebClient} configuration of the application.
 */
class KintoTransports {

	private final KintoProperties properties;

	private final ObjectProvider<WebClient.Builder> webClientBuilder;

	private final ObjectProvider<WebClientCustomizer> webClientCustomizers;

	private final ObjectProvider<KintoWebClientCustomizer> kintoCustomizers;

	private final ClientHttpConnectorBuilder<?> connectorBuilder;

	private final KintoHttpClientSettings settings;

	KintoTransports(KintoProperties properties, ObjectProvider<WebClient.Builder> webClientBuilder,
			ObjectProvider<WebClientCustomizer> webClientCustomizers,
			ObjectProvider<KintoWebClientCustomizer> kintoCustomizers,
			ObjectProvider<ClientHttpConnectorBuilder<?>> connectorBuilder, ObjectProvider<HttpClientSettings> settings,
			ObjectProvider<HttpClientsProperties> settingsProperties, ObjectProvider<SslBundles> bundles) {
		this.properties = properties;
		this.webClientBuilder = webClientBuilder;
		this.webClientCustomizers = webClientCustomizers;
		this.kintoCustomizers = kintoCustomizers;
		this.connectorBuilder = connectorBuilder.getIfAvailable(ClientHttpConnectorBuilder::detect);
		this.settings = new KintoHttpClientSettings(properties, settings.getIfAvailable(HttpClientSettings::defaults),
				settingsProperties.getIfAvailable(), bundles.getIfAvailable());
	}

	WebClientKintoTransport.Builder transport(KintoUrl url) {
		WebClientKintoTransport.Builder transport = WebClientKintoTransport.builder(url)
			.webClient(webClient())
			.maxInMemorySize(Math.toIntExact(this.properties.getMaxInMemorySize().toBytes()))
			.maxConnections(this.properties.getMaxConnections())
			.maxPendingRequests(this.properties.getMaxPendingRequests())
			.reconnection(this.settings::onSslBundleUpdate);
		if (this.connectorBuilder instanceof ReactorClientHttpConnectorBuilder reactor) {
			return transport
				.reactorNetty((connections) -> KintoConnectors.reactorNetty(reactor, connections, this.settings.get()));
		}
		return transport.connector(() -> KintoConnectors.connector(this.connectorBuilder,
				this.properties.getMaxConnections(), this.settings.get()));
	}

	/**
	 * Return a builder for Kinto. If the application defines several builders, none of
	 * them is used.
	 */
	private WebClient.Builder webClient() {
		WebClient.Builder application = this.webClientBuilder.getIfUnique();
		WebClient.Builder kinto;
		if (application != null) {
			kinto = application.clone();
		}
		else {
			kinto = WebClient.builder();
			this.webClientCustomizers.orderedStream().forEach((customizer) -> customizer.customize(kinto));
		}
		this.kintoCustomizers.orderedStream().forEach((customizer) -> customizer.customize(kinto));
		return kinto;
	}

}
