package io.kintospring.boot.autoconfigure.embedded;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration that stops an embedded server that Spring Boot's developer tools
 * kept, if the restarted application does not use it any more. It has no other condition,
 * because any change of the application can be the reason.
 */
@AutoConfiguration
@ConditionalOnClass(name = EmbeddedKintoConnectionRegistrar.RESTARTER)
public final class RestartedServerAutoConfiguration {

	RestartedServerAutoConfiguration() {
	}

	@Bean
	static UnusedServerCloser unusedEmbeddedKintoServerCloser() {
		return new UnusedServerCloser();
	}

	/**
	 * Post-processor that stops the server before any bean is created, so that its port
	 * and its data file are free.
	 */
	static class UnusedServerCloser implements BeanFactoryPostProcessor {

		@Override
		public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
			if (beanFactory.getBeanNamesForType(RestartedServer.class, true, false).length == 0) {
				RestartedServer.closeKept();
			}
		}

	}

}
