package io.kintospring.boot.autoconfigure.info;

import io.kintospring.boot.autoconfigure.ConditionalOnKintoTemplate;
import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.ReactiveKintoTemplates;
import io.kintospring.boot.info.KintoInfoContributor;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.autoconfigure.info.InfoContributorAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.info.InfoContributorFallback;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration for {@link KintoInfoContributor}. It is disabled by default, because
 * the contributor can send requests.
 */
@AutoConfiguration(after = KintoAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledInfoContributor.class)
@ConditionalOnKintoTemplate
@ConditionalOnEnabledInfoContributor(value = "kinto", fallback = InfoContributorFallback.DISABLE)
public final class KintoInfoContributorAutoConfiguration {

	KintoInfoContributorAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	@Order(InfoContributorAutoConfiguration.DEFAULT_ORDER)
	KintoInfoContributor kintoInfoContributor(ConfigurableListableBeanFactory beanFactory) {
		return new KintoInfoContributor(ReactiveKintoTemplates.byClient(beanFactory));
	}

}
