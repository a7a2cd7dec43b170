package io.kintospring.boot.autoconfigure.capability;

import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.KintoProperties;
import io.kintospring.boot.autoconfigure.ReactiveKintoTemplates;
import io.kintospring.boot.autoconfigure.initialization.KintoInitialization;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AbstractDependsOnBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration for the check of {@code kinto.required-capabilities}. The check has
 * no condition, because the property can be set after ahead-of-time processing.
 */
@AutoConfiguration(after = KintoAutoConfiguration.class)
@EnableConfigurationProperties(KintoProperties.class)
public final class KintoRequiredCapabilitiesAutoConfiguration {

	KintoRequiredCapabilitiesAutoConfiguration() {
	}

	/**
	 * Not lazy, because the application must not start without the capabilities.
	 */
	@Bean
	@Lazy(false)
	RequiredCapabilitiesVerifier kintoRequiredCapabilitiesVerifier(KintoProperties properties,
			ConfigurableListableBeanFactory beanFactory) {
		return new RequiredCapabilitiesVerifier(properties.getRequiredCapabilities(),
				() -> ReactiveKintoTemplates.byClient(beanFactory));
	}

	@Bean
	static RequiredCapabilitiesBeforeInitialization kintoRequiredCapabilitiesBeforeInitialization() {
		return new RequiredCapabilitiesBeforeInitialization();
	}

	/**
	 * Post-processor that lets the initialization, which writes to the server, depend on
	 * the check.
	 */
	static class RequiredCapabilitiesBeforeInitialization extends AbstractDependsOnBeanFactoryPostProcessor {

		RequiredCapabilitiesBeforeInitialization() {
			super(KintoInitialization.class, RequiredCapabilitiesVerifier.class);
		}

	}

}
