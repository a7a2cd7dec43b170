package io.kintospring.boot.autoconfigure.embedded;

import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.KintoConnectionDetails;
import io.kintospring.client.KintoClient;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.template.KintoOperations;
import io.kintospring.template.ReactiveKintoOperations;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration for an {@link EmbeddedKintoServer} where nothing says where the
 * server is, and the application has no client or template of its own.
 */
@AutoConfiguration(before = KintoAutoConfiguration.class)
@ConditionalOnClass(EmbeddedKintoServer.class)
@ConditionalOnMissingBean({ KintoConnectionDetails.class, KintoClient.class, KintoOperations.class,
		ReactiveKintoOperations.class })
@ConditionalOnBooleanProperty(name = "kinto.embedded.enabled", matchIfMissing = true)
@Conditional(EmbeddedKintoAutoConfiguration.OnNoUrlCondition.class)
@Import(EmbeddedKintoConfiguration.class)
public final class EmbeddedKintoAutoConfiguration {

	EmbeddedKintoAutoConfiguration() {
	}

	static class OnNoUrlCondition extends NoneNestedConditions {

		OnNoUrlCondition() {
			super(ConfigurationPhase.PARSE_CONFIGURATION);
		}

		@ConditionalOnProperty("kinto.url")
		static class UrlIsSet {

		}

	}

}
