package io.kintospring.boot.autoconfigure.error;

import io.kintospring.boot.error.KintoPersistenceExceptionTranslator;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.support.PersistenceExceptionTranslator;

/**
 * Auto-configuration for {@link KintoPersistenceExceptionTranslator}. Spring Boot's
 * post-processor applies it to {@code @Repository} classes.
 */
@AutoConfiguration
@ConditionalOnClass(PersistenceExceptionTranslator.class)
@ConditionalOnBooleanProperty("kinto.exception-translation.enabled")
public final class KintoExceptionTranslationAutoConfiguration {

	KintoExceptionTranslationAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	KintoPersistenceExceptionTranslator kintoPersistenceExceptionTranslator() {
		return new KintoPersistenceExceptionTranslator();
	}

}
