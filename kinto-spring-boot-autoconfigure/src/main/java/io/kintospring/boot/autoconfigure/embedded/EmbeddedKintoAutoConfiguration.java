package io.kintospring.boot.autoconfigure.embedded;

import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.KintoConnectionDetails;
import io.kintospring.boot.autoconfigure.KintoProperties;
import io.kintospring.client.KintoClient;
import io.kintospring.client.KintoTransport;
import io.kintospring.template.KintoOperations;
import io.kintospring.template.ReactiveKintoOperations;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration for an embedded Kinto server. The server is started if
 * {@code kinto-embedded} is on the class path, {@code kinto.url} is not set, and
 * {@code kinto.embedded.enabled} is not {@code false}. It is not started if the
 * application defines a client, template, transport, or connection details.
 */
@AutoConfiguration(before = KintoAutoConfiguration.class)
@ConditionalOnMissingBean({ KintoConnectionDetails.class, KintoTransport.class, KintoClient.class,
		KintoOperations.class, ReactiveKintoOperations.class })
@EnableConfigurationProperties(KintoProperties.class)
@Import(EmbeddedKintoConnectionRegistrar.class)
public final class EmbeddedKintoAutoConfiguration {

	EmbeddedKintoAutoConfiguration() {
	}

}
