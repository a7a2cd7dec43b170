package io.kintospring.boot.autoconfigure.embedded;

import java.io.IOException;
import java.io.InputStream;

import io.kintospring.boot.autoconfigure.KintoProperties;
import io.kintospring.embedded.EmbeddedKintoServer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;

/**
 * An embedded server, and where it is.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KintoProperties.class)
public class EmbeddedKintoConfiguration {

	private static final Log logger = LogFactory.getLog(EmbeddedKintoConfiguration.class);

	private static final String OF_RESOURCE = "attachment.resources.";

	EmbeddedKintoConfiguration() {
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean
	EmbeddedKintoServer embeddedKintoServer(KintoProperties properties) {
		EmbeddedKintoServer server = start(properties.getEmbedded());
		logger.warn("An embedded Kinto for development and tests, which keeps its data in memory only, listens at "
				+ server.url());
		return server;
	}

	private static EmbeddedKintoServer start(KintoProperties.Embedded properties) {
		try {
			EmbeddedKintoServer.Builder builder = EmbeddedKintoServer.builder().port(properties.getPort());
			properties.getSettings().forEach((name, value) -> builder.setting(nameInKinto(name), value));
			properties.getAccounts().forEach(builder::account);
			load(properties.getInitialData(), builder);
			return builder.start();
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw new EmbeddedKintoNotStartedException(properties.getPort(), ex);
		}
	}

	/**
	 * Ids of buckets and collections keep their dashes.
	 */
	private static String nameInKinto(String name) {
		int own = name.contains(OF_RESOURCE) ? name.lastIndexOf('.') : 0;
		return name.substring(0, own) + name.substring(own).replace('-', '_');
	}

	private static void load(@Nullable Resource initialData, EmbeddedKintoServer.Builder builder) {
		if (initialData != null) {
			try (InputStream json = initialData.getInputStream()) {
				builder.initialData(json);
			}
			catch (IOException ex) {
				throw new IllegalArgumentException("The initial data cannot be read: " + ex.getMessage(), ex);
			}
		}
	}

	@Bean
	EmbeddedKintoConnectionDetails kintoConnectionDetails(EmbeddedKintoServer server, KintoProperties properties) {
		return new EmbeddedKintoConnectionDetails(server.url(), properties);
	}

}
