package io.kintospring.boot.autoconfigure.endpoint;

import io.kintospring.boot.autoconfigure.ConditionalOnKintoTemplate;
import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.ReactiveKintoTemplates;
import io.kintospring.boot.endpoint.KintoEndpoint;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for {@link KintoEndpoint}.
 */
@AutoConfiguration(after = KintoAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnKintoTemplate
@ConditionalOnAvailableEndpoint(KintoEndpoint.class)
public final class KintoEndpointAutoConfiguration {

	KintoEndpointAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	KintoEndpoint kintoEndpoint(ConfigurableListableBeanFactory beanFactory) {
		return new KintoEndpoint(ReactiveKintoTemplates.byClient(beanFactory));
	}

}
