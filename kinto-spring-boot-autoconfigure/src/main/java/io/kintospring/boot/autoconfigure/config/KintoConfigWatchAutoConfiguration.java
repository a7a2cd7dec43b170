package io.kintospring.boot.autoconfigure.config;

import io.kintospring.boot.autoconfigure.KintoConfigProperties;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Auto-configuration for the watch of configuration that is imported from Kinto.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty("kinto.config.watch.enabled")
@EnableConfigurationProperties(KintoConfigProperties.class)
public final class KintoConfigWatchAutoConfiguration {

	KintoConfigWatchAutoConfiguration() {
	}

	@Bean
	KintoConfigWatch kintoConfigWatch(ApplicationContext context, ConfigurableEnvironment environment,
			KintoConfigProperties properties) {
		return new KintoConfigWatch(context, environment, properties.getWatch().getInterval());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RefreshScope.class)
	static class SpringCloudConfiguration {

		@Bean
		KintoConfigRefresher kintoConfigRefresher(ApplicationContext context,
				ObjectProvider<RefreshScope> refreshScope) {
			return new KintoConfigRefresher(context, refreshScope);
		}

	}

}
