package io.kintospring.boot.test.autoconfigure;

import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.KintoConnectionDetails;
import io.kintospring.boot.autoconfigure.embedded.EmbeddedKintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.embedded.EmbeddedKintoConfiguration;
import io.kintospring.embedded.EmbeddedKintoServer;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration for the embedded server of tests, whatever {@code kinto.url} says.
 */
@AutoConfiguration(before = { EmbeddedKintoAutoConfiguration.class, KintoAutoConfiguration.class })
@ConditionalOnClass(EmbeddedKintoServer.class)
@ConditionalOnMissingBean(KintoConnectionDetails.class)
@Import(EmbeddedKintoConfiguration.class)
public final class KintoTestAutoConfiguration {

	KintoTestAutoConfiguration() {
	}

}
