package io.kintospring.boot.autoconfigure.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.KintoProperties;
import io.kintospring.boot.health.KintoHealthIndicator;
import io.kintospring.template.ReactiveKintoTemplate;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.CompositeReactiveHealthContributorConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration for {@link KintoHealthIndicator}.
 */
@AutoConfiguration(after = KintoAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@Conditional(OnKintoTemplateCondition.class)
@ConditionalOnEnabledHealthIndicator("kinto")
@EnableConfigurationProperties(KintoProperties.class)
public final class KintoHealthContributorAutoConfiguration
		extends CompositeReactiveHealthContributorConfiguration<KintoHealthIndicator, ReactiveKintoTemplate>
		implements DisposableBean {

	private static final String TEMPLATE = ReactiveKintoTemplate.class.getSimpleName();

	private final List<KintoHealthIndicator> indicators = new CopyOnWriteArrayList<>();

	KintoHealthContributorAutoConfiguration(KintoProperties properties) {
		super((kinto) -> new KintoHealthIndicator(kinto, properties.getHealth().getTimeout(),
				properties.getHealth().isHeartbeat()));
	}

	@Bean
	@ConditionalOnMissingBean(name = { "kintoHealthIndicator", "kintoHealthContributor" })
	ReactiveHealthContributor kintoHealthContributor(ConfigurableListableBeanFactory beanFactory) {
		Map<String, ReactiveKintoTemplate> templates = new LinkedHashMap<>();
		SimpleAutowireCandidateResolver.resolveAutowireCandidates(beanFactory, ReactiveKintoTemplate.class)
			.forEach((bean, template) -> templates.put(templates.containsKey(entryName(bean)) ? bean : entryName(bean),
					template));
		return createContributor(templates);
	}

	/**
	 * Return the name of the entry for a template, which is the name of its client.
	 */
	private static String entryName(String bean) {
		return bean.equals(StringUtils.uncapitalize(TEMPLATE)) ? "kinto"
				: bean.endsWith(TEMPLATE) ? bean.substring(0, bean.length() - TEMPLATE.length()) : bean;
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
