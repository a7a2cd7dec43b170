package io.kintospring.boot.test.autoconfigure;

import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.KintoProperties;
import io.kintospring.boot.autoconfigure.embedded.NamedEmbeddedKintoRegistrar;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration for an embedded server of a test for each client of
 * {@code kinto.clients.*}. It applies even if the URL of the client is set.
 */
@AutoConfiguration(after = KintoTestAutoConfiguration.class, before = KintoAutoConfiguration.class)
@EnableConfigurationProperties(KintoProperties.class)
@Import(NamedEmbeddedKintoRegistrar.class)
public final class NamedKintoTestAutoConfiguration {

	NamedKintoTestAutoConfiguration() {
	}

}
