package io.kintospring.boot.test.autoconfigure;

import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.KintoConnectionDetails;
import io.kintospring.boot.autoconfigure.KintoProperties;
import io.kintospring.boot.autoconfigure.embedded.EmbeddedKintoAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration for the embedded server of a test. It applies even if
 * {@code kinto.url} is set.
 */
@AutoConfiguration(before = { EmbeddedKintoAutoConfiguration.class, KintoAutoConfiguration.class })
@ConditionalOnMissingBean(KintoConnectionDetails.class)
@EnableConfigurationProperties(KintoProperties.class)
@Import(TestKintoConnectionRegistrar.class)
public final class KintoTestAutoConfiguration {

	KintoTestAutoConfiguration() {
	}

}
