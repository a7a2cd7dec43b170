package io.kintospring.boot.autoconfigure.metrics;

import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.metrics.KintoClientMetrics;
import io.kintospring.boot.metrics.KintoObservationDescriptions;
import io.kintospring.client.KintoClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Auto-configuration for the metrics of all {@link KintoClient} beans.
 */
@AutoConfiguration(after = KintoAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@Conditional(OnKintoClientCondition.class)
public final class KintoMetricsAutoConfiguration {

	KintoMetricsAutoConfiguration() {
	}

	/**
	 * Bind the metrics of all clients, also of those that are no default candidates for
	 * injection.
	 */
	@Bean
	@ConditionalOnMissingBean(name = "kintoClientMetrics")
	MeterBinder kintoClientMetrics(ConfigurableListableBeanFactory beanFactory) {
		return (registry) -> SimpleAutowireCandidateResolver
			.resolveAutowireCandidates(beanFactory, KintoClient.class, false, true)
			.forEach((name, client) -> new KintoClientMetrics(client, name).bindTo(registry));
	}

	@Bean
	@ConditionalOnMissingBean
	static KintoObservationDescriptions kintoObservationDescriptions() {
		return new KintoObservationDescriptions();
	}

}
