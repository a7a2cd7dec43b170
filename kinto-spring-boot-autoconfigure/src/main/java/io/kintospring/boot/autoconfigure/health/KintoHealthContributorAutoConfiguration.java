package io.kintospring.boot.autoconfigure.health;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kintospring.boot.autoconfigure.ConditionalOnKintoTemplate;
import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.KintoProperties;
import io.kintospring.boot.autoconfigure.ReactiveKintoTemplates;
import io.kintospring.boot.health.KintoHealthIndicator;
import io.kintospring.template.ReactiveKintoTemplate;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.CompositeReactiveHealthContributorConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for {@link KintoHealthIndicator}.
 */
@AutoConfiguration(after = KintoAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnKintoTemplate
@ConditionalOnEnabledHealthIndicator("kinto")
@EnableConfigurationProperties(KintoProperties.class)
public final class KintoHealthContributorAutoConfiguration
		extends CompositeReactiveHealthContributorConfiguration<KintoHealthIndicator, ReactiveKintoTemplate>
		implements DisposableBean {

	private final List<KintoHealthIndicator> indicators = new CopyOnWriteArrayList<>();

	KintoHealthContributorAutoConfiguration(KintoProperties properties) {
		super((kinto) -> new KintoHealthIndicator(kinto, properties.getHealth().getTimeout(),
				properties.getHealth().isHeartbeat()));
	}

	@Bean
	@ConditionalOnMissingBean(name = { "kintoHealthIndicator", "kintoHealthContributor" })
	ReactiveHealthContributor kintoHealthContributor(ConfigurableListableBeanFactory beanFactory) {
		Map<String, ReactiveKintoTemplate> templates = ReactiveKintoTemplates.byClient(beanFactory);
		return templates.isEmpty() ? CompositeReactiveHealthContributor.fromMap(Map.of())
				: createContributor(templates);
	}

	@Override
	protected KintoHealthIndicator createIndicator(ReactiveKintoTemplate kinto) {
		KintoHealthIndicator indicator = super.createIndicator(kinto);
		this.indicators.add(indicator);
		return indicator;
	}

	/**
	 * Close the indicators. Indicators of a composite are not beans, so the container
	 * does not close them.
	 */
	@Override
	public void destroy() {
		this.indicators.forEach(KintoHealthIndicator::close);
	}

}
