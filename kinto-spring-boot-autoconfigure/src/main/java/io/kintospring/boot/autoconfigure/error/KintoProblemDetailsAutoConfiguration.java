package io.kintospring.boot.autoconfigure.error;

import io.kintospring.boot.error.KintoExceptionHandler;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Auto-configuration for {@link KintoExceptionHandler} in applications with Spring MVC or
 * Spring WebFlux.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty("kinto.web.problem-details.enabled")
@Conditional(OnSpringWebApplicationCondition.class)
public final class KintoProblemDetailsAutoConfiguration {

	KintoProblemDetailsAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	KintoExceptionHandler kintoExceptionHandler() {
		return new KintoExceptionHandler();
	}

}
