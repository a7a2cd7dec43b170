package io.kintospring.boot.autoconfigure;

import java.util.LinkedHashSet;
import java.util.Set;

import io.kintospring.boot.autoconfigure.capability.KintoRequiredCapabilitiesAutoConfiguration;
import io.kintospring.boot.autoconfigure.embedded.EmbeddedKintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.endpoint.KintoEndpointAutoConfiguration;
import io.kintospring.boot.autoconfigure.health.KintoHealthContributorAutoConfiguration;
import io.kintospring.boot.autoconfigure.info.KintoInfoContributorAutoConfiguration;
import io.kintospring.boot.endpoint.KintoEndpoint;
import io.kintospring.boot.info.KintoInfoContributor;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AbstractDependsOnBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no auto-configured bean has a general type, such as {@code Validator}. An
 * application that injects its only bean of that type would fail.
 */
class BeanTypesTests {

	private static final Set<Class<?>> ALLOWED = Set.of(Object.class, AutoCloseable.class, ConnectionDetails.class,
			DisposableBean.class, InitializingBean.class, BeanFactoryPostProcessor.class, Ordered.class,
			AbstractDependsOnBeanFactoryPostProcessor.class);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EmbeddedKintoAutoConfiguration.class, KintoAutoConfiguration.class,
				KintoHealthContributorAutoConfiguration.class, KintoInfoContributorAutoConfiguration.class,
				KintoEndpointAutoConfiguration.class, KintoRequiredCapabilitiesAutoConfiguration.class))
		.withPropertyValues("management.info.kinto.enabled=true", "management.endpoints.web.exposure.include=kinto");

	@Test
	void applicationCanInjectItsOnlyValidator() {
		this.contextRunner.withUserConfiguration(ValidatorConfiguration.class)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(Validator.class));
	}

	@Test
	void autoConfiguredBeansHaveNoGeneralType() {
		Set<Class<?>> types = new LinkedHashSet<>();
		this.contextRunner.run((context) -> {
			assertThat(context).hasNotFailed();
			for (String name : context.getBeanDefinitionNames()) {
				Class<?> type = context.getType(name);
				if (type != null && type.getName().startsWith("io.kintospring.")) {
					addSuperTypes(type, types);
				}
			}
		});
		assertThat(types).contains(KintoProperties.class, KintoConnectionDetails.class, KintoInfoContributor.class,
				KintoEndpoint.class, InitializingBean.class);
		assertThat(types).filteredOn((type) -> !type.getName().startsWith("io.kintospring."))
			.filteredOn((type) -> !type.getName().startsWith("org.springframework.boot.health."))
			.filteredOn((type) -> !type.getName().startsWith("org.springframework.boot.actuate."))
			.allMatch(ALLOWED::contains);
	}

	private static void addSuperTypes(Class<?> type, Set<Class<?>> types) {
		for (Class<?> superType = type; superType != null; superType = superType.getSuperclass()) {
			types.add(superType);
		}
		types.addAll(ClassUtils.getAllInterfacesForClassAsSet(type));
	}

	@Configuration(proxyBeanMethods = false)
	static class ValidatorConfiguration {

		@Bean
		Validator validator() {
			return new Validator() {

				@Override
				public boolean supports(Class<?> type) {
					return true;
				}

				@Override
				public void validate(Object target, Errors errors) {
				}

			};
		}

		@Bean
		Service service(Validator validator) {
			return new Service(validator);
		}

	}

	record Service(Validator validator) {

	}

}
