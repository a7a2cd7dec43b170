package io.kintospring.boot.autoconfigure.initialization;

import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.initialization.KintoDefinition;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternUtils;
import org.springframework.core.io.ResourceLoader;

/**
 * Auto-configuration for the initialization of a Kinto server with
 * {@link KintoDefinition}s. Whether to initialize the server is decided when the
 * application starts, so that it does not depend on ahead-of-time processing.
 */
@AutoConfiguration(after = KintoAutoConfiguration.class)
@EnableConfigurationProperties(KintoInitializationProperties.class)
public final class KintoInitializationAutoConfiguration {

	KintoInitializationAutoConfiguration() {
	}

	/**
	 * Not lazy, because the server must be initialized before the application uses it.
	 */
	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	KintoInitialization kintoInitialization(KintoInitializationProperties properties, ResourceLoader resourceLoader,
			ListableBeanFactory beanFactory) {
		ResourcePatternResolver resolver = ResourcePatternUtils.getResourcePatternResolver(resourceLoader);
		return new KintoInitialization(properties,
				new DefinitionLocations(properties.getInitialization().getLocations(), resolver), beanFactory);
	}

}
