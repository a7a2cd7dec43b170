package io.kintospring.boot.autoconfigure.endpoint;

import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.endpoint.KintoEndpoint;
import io.kintospring.template.ReactiveKintoTemplate;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for {@link KintoEndpoint}.
 */
@AutoConfiguration(after = KintoAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(ReactiveKintoTemplate.class)
@ConditionalOnAvailableEndpoint(KintoEndpoint.class)
public final class KintoEndpointAutoConfiguration {

	KintoEndpointAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	KintoEndpoint kintoEndpoint(ConfigurableListableBeanFactory beanFactory) {
		return new KintoEndpoint(
				SimpleAutowireCandidateResolver.resolveAutowireCandidates(beanFactory, ReactiveKintoTemplate.class));
	}

}
