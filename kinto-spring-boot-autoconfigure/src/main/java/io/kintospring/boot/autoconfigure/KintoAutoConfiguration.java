package io.kintospring.boot.autoconfigure;

import io.kintospring.KintoUrl;
import io.kintospring.boot.event.KintoSignalPublisher;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.client.KintoClient;
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
 * Auto-configuration for {@link KintoTemplate} and {@link ReactiveKintoTemplate}.
 */
@AutoConfiguration(after = WebClientAutoConfiguration.class,
		afterName = { "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
				"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration" })
@EnableConfigurationProperties(KintoProperties.class)
public final class KintoAutoConfiguration {

	private static final Log logger = LogFactory.getLog(KintoAutoConfiguration.class);

	KintoAutoConfiguration() {
	}

	@Bean
	@Lazy
	KintoTransports kintoTransports(KintoProperties properties, ObjectProvider<WebClient.Builder> webClientBuilder,
			ObjectProvider<WebClientCustomizer> webClientCustomizers,
			ObjectProvider<KintoWebClientCustomizer> kintoCustomizers,
			ObjectProvider<ClientHttpConnectorBuilder<?>> connectorBuilder, ObjectProvider<HttpClientSettings> settings,
			ObjectProvider<HttpClientsProperties> settingsProperties, ObjectProvider<SslBundles> sslBundles) {
		return new KintoTransports(properties, webClientBuilder, webClientCustomizers, kintoCustomizers,
				connectorBuilder, settings, settingsProperties, sslBundles);
	}

	/**
	 * Return a builder for clients of the configured server. The builder drops the
	 * credentials if you set the URL of another server.
	 */
	@Bean
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	@ConditionalOnMissingBean
	KintoClient.Builder kintoClientBuilder(KintoProperties properties, ObjectProvider<KintoTransports> transports,
			ObjectProvider<KintoTransport> transport, ObjectProvider<KintoConnectionDetails> connectionDetails,
			ObjectProvider<KintoAuthentication> authentication, ObjectProvider<ObservationRegistry> observationRegistry,
			ObjectProvider<KintoObservationConvention> observationConvention, ApplicationEventPublisher eventPublisher,
			Environment environment) {
		KintoConnectionDetails details = connectionDetails.getIfAvailable();
		KintoTransport own = transport.getIfAvailable();
		KintoClient.Builder builder;
		if (own != null) {
			builder = KintoClient.builder(own).sharedTransport(own);
		}
		else if (details != null) {
			builder = KintoClient.builder(transports.getObject().transport(url(details)));
		}
		else {
			throw new KintoServerNotFoundException();
		}
		if (properties.getName() != null) {
			builder.name(properties.getName());
		}
		return builder
			.authentication(authentication.getIfAvailable(() -> authentication(
					(details != null) ? details : new PropertiesKintoConnectionDetails(properties, environment))))
			.timeout(properties.getTimeout())
			.transferTimeout(properties.getTransferTimeout())
			.serverInfoExpiry(properties.getServerInfoExpiry())
			.maxBackoff(properties.getMaxBackoff())
			.observationRegistry(observationRegistry.getIfAvailable(() -> ObservationRegistry.NOOP))
			.observationConvention(observationConvention.getIfAvailable())
			.signalListener(new KintoSignalPublisher(eventPublisher))
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

	private static KintoUrl url(KintoConnectionDetails details) {
		try {
			return KintoUrl.of(details.getUrl());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidKintoUrlException(ex);
		}
	}

	private static KintoAuthentication authentication(KintoConnectionDetails details) {
		if (details.getBearerToken() != null) {
			return KintoAuthentication.bearer(details.getBearerToken());
		}
		if (details.getUsername() != null && details.getPassword() != null) {
			return KintoAuthentication.basic(details.getUsername(), details.getPassword());
		}
		return KintoAuthentication.none();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(KintoConnectionDetails.class)
	@Import(PropertiesKintoConnectionRegistrar.class)
	static class ConnectionConfiguration {

	}

}
