package io.kintospring.boot.autoconfigure;

import io.kintospring.client.KintoAuthentication;
import io.kintospring.client.KintoClient;
import io.kintospring.client.KintoLock;
import io.kintospring.client.KintoObservationConvention;
import io.kintospring.client.KintoTransport;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.template.KintoOperations;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveKintoOperations;
import io.kintospring.template.ReactiveKintoTemplate;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.autoconfigure.HttpClientsProperties;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Auto-configuration for {@link KintoTemplate} and {@link ReactiveKintoTemplate}: those
 * of the primary client, and those of {@code kinto.clients.*}.
 */
@AutoConfiguration(after = WebClientAutoConfiguration.class,
		afterName = { "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
				"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration" })
@EnableConfigurationProperties(KintoProperties.class)
@Import(NamedKintoClientRegistrar.class)
public final class KintoAutoConfiguration {

	private static final Log logger = LogFactory.getLog(KintoAutoConfiguration.class);

	KintoAutoConfiguration() {
	}

	@Bean
	@Lazy
	KintoTransports kintoTransports(ObjectProvider<WebClient.Builder> webClientBuilder,
			ObjectProvider<WebClientCustomizer> webClientCustomizers,
			ObjectProvider<ClientHttpConnectorBuilder<?>> connectorBuilder, ObjectProvider<HttpClientSettings> settings,
			ObjectProvider<HttpClientsProperties> settingsProperties, ObjectProvider<SslBundles> sslBundles) {
		return new KintoTransports(webClientBuilder, webClientCustomizers, connectorBuilder, settings,
				settingsProperties, sslBundles);
	}

	@Bean
	@Lazy
	KintoClientBuilders kintoClientBuilders(ObjectProvider<KintoTransports> transports,
			ObjectProvider<ObservationRegistry> observationRegistry,
			ObjectProvider<KintoObservationConvention> observationConvention, ObjectProvider<KintoLock> lock,
			KintoProperties properties, ApplicationEventPublisher eventPublisher, Environment environment) {
		return new KintoClientBuilders(transports, observationRegistry, observationConvention, lock,
				properties.getLock(), eventPublisher, environment);
	}

	@Bean
	@Lazy
	NamedKintoClients namedKintoClients(KintoProperties properties, KintoClientBuilders builders,
			ConfigurableListableBeanFactory beanFactory, Environment environment) {
		return new NamedKintoClients(properties, builders, beanFactory, environment);
	}

	/**
	 * Return a builder for clients of the configured server. The builder drops the
	 * credentials if you set the URL of another server.
	 */
	@Bean
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	@ConditionalOnMissingBean
	KintoClient.Builder kintoClientBuilder(KintoProperties properties, KintoClientBuilders builders,
			ObjectProvider<KintoTransport> transport, ObjectProvider<KintoConnectionDetails> connectionDetails,
			ObjectProvider<KintoAuthentication> authentication,
			ObjectProvider<KintoWebClientCustomizer> webClientCustomizers) {
		return builders
			.builder(NamedKintoClients.PRIMARY, properties,
					new KintoClientBuilders.Beans(connectionDetails.getIfAvailable(), transport.getIfAvailable(),
							authentication.getIfAvailable(), webClientCustomizers.orderedStream()))
			.clone();
	}

	@Bean
	@ConditionalOnMissingBean
	@Conditional(OnServerKnownOrNeededCondition.class)
	KintoClient kintoClient(KintoClient.Builder builder) {
		KintoClient client = builder.build();
		logger.info("Using the Kinto server at " + client.server());
		return client;
	}

	@Bean
	@ConditionalOnMissingBean
	KintoCalls kintoCalls(KintoProperties properties, ObjectProvider<JsonMapper> mapper) {
		return new KintoCalls(mapper.getIfAvailable(JsonMapper::new), properties.options(), properties.getBucket());
	}

	@Bean
	@ConditionalOnBean(KintoClient.class)
	@ConditionalOnMissingBean(KintoOperations.class)
	KintoTemplate kintoTemplate(KintoClient client, KintoCalls calls) {
		return new KintoTemplate(client, calls);
	}

	@Bean
	@ConditionalOnBean(KintoClient.class)
	@ConditionalOnMissingBean(ReactiveKintoOperations.class)
	ReactiveKintoTemplate reactiveKintoTemplate(KintoClient client, KintoCalls calls) {
		return new ReactiveKintoTemplate(client, calls);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(KintoConnectionDetails.class)
	@Import(PropertiesKintoConnectionRegistrar.class)
	static class ConnectionConfiguration {

	}

}
