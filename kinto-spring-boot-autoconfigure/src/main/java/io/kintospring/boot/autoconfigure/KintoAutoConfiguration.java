package io.kintospring.boot.autoconfigure;

import java.util.List;

import io.kintospring.KintoUrl;
import io.kintospring.boot.event.KintoSignalPublisher;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.client.KintoClient;
import io.kintospring.client.KintoObservationConvention;
import io.kintospring.client.ReactorNettyKintoTransport;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.template.KintoOperations;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveKintoOperations;
import io.kintospring.template.ReactiveKintoTemplate;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration for {@link KintoTemplate} and {@link ReactiveKintoTemplate}.
 */
@AutoConfiguration(afterName = { "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
		"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration" })
@EnableConfigurationProperties(KintoProperties.class)
public final class KintoAutoConfiguration {

	private static final Log logger = LogFactory.getLog(KintoAutoConfiguration.class);

	KintoAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	@Conditional(OnServerKnownOrNeededCondition.class)
	KintoClient kintoClient(KintoProperties properties, ObjectProvider<KintoConnectionDetails> connectionDetails,
			ObjectProvider<KintoAuthentication> authentication,
			ObjectProvider<KintoHttpClientCustomizer> httpClientCustomizers,
			ObjectProvider<ObservationRegistry> observationRegistry,
			ObjectProvider<KintoObservationConvention> observationConvention,
			ApplicationEventPublisher eventPublisher) {
		KintoConnectionDetails details = connectionDetails.getIfAvailable(() -> {
			throw new KintoServerNotFoundException();
		});
		KintoUrl url = url(details);
		ReactorNettyKintoTransport.Builder transportBuilder = ReactorNettyKintoTransport.builder(url)
			.connectTimeout(properties.getConnectTimeout())
			.maxInMemorySize(Math.toIntExact(properties.getMaxInMemorySize().toBytes()));
		List<KintoHttpClientCustomizer> customizers = httpClientCustomizers.orderedStream().toList();
		if (!customizers.isEmpty()) {
			transportBuilder.httpClient((httpClient) -> customize(httpClient, customizers));
		}
		ReactorNettyKintoTransport transport = transportBuilder.build();
		logger.info("Kinto is at " + url);
		return KintoClient.builder(transport)
			.authentication(authentication.getIfAvailable(() -> authentication(details)))
			.timeout(properties.getTimeout())
			.transferTimeout(properties.getTransferTimeout())
			.observationRegistry(observationRegistry.getIfAvailable(() -> ObservationRegistry.NOOP))
			.observationConvention(observationConvention.getIfAvailable())
			.signalListener(new KintoSignalPublisher(transport.server(), eventPublisher))
			.build();
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

	private static HttpClient customize(HttpClient httpClient, List<KintoHttpClientCustomizer> customizers) {
		HttpClient customized = httpClient;
		for (KintoHttpClientCustomizer customizer : customizers) {
			customized = customizer.customize(customized);
		}
		return customized;
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
