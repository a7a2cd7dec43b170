package io.kintospring.boot.autoconfigure.capability;

import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.KintoProperties;
import io.kintospring.template.ReactiveKintoTemplate;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the check of {@code kinto.required-capabilities}. The check has
 * no condition, because the property can be set after ahead-of-time processing.
 */
@AutoConfiguration(after = KintoAutoConfiguration.class)
@EnableConfigurationProperties(KintoProperties.class)
public final class KintoRequiredCapabilitiesAutoConfiguration {

	KintoRequiredCapabilitiesAutoConfiguration() {
	}

	@Bean
	RequiredCapabilitiesVerifier kintoRequiredCapabilitiesVerifier(KintoProperties properties,
			ConfigurableListableBeanFactory beanFactory) {
		return new RequiredCapabilitiesVerifier(properties.getRequiredCapabilities(),
				() -> SimpleAutowireCandidateResolver.resolveAutowireCandidates(beanFactory,
						ReactiveKintoTemplate.class));
	}

}
