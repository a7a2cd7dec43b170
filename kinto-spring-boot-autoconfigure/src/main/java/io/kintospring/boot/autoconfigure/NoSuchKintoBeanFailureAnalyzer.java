package io.kintospring.boot.autoconfigure;

import java.util.Set;

import io.kintospring.client.KintoClient;
import io.kintospring.template.KintoOperations;
import io.kintospring.template.ReactiveKintoOperations;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Failure analyzer for a client or a template that is injected without the qualifier of a
 * named client, or with an unknown one. It replaces the analysis of Spring Boot, which
 * does not know the names.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class NoSuchKintoBeanFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

	private final Environment environment;

	NoSuchKintoBeanFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause,
			@Nullable String description) {
		Class<?> type = cause.getBeanType();
		Set<String> names = NamedKintoClients.names(this.environment);
		if (cause.getNumberOfBeansFound() != 0 || type == null || names.isEmpty() || !isOfClient(type)) {
			return null;
		}
		return new FailureAnalysis(
				(description != null ? description : "A component") + " required a bean of type '" + type.getName()
						+ "' that could not be found. Named clients: " + String.join(", ", names) + ".",
				"Add @Qualifier with the name of a client, such as @Qualifier(\"" + names.iterator().next()
						+ "\"), to the injection point. Set kinto.url to inject a template without a qualifier.",
				cause);
	}

	private static boolean isOfClient(Class<?> type) {
		return KintoOperations.class.isAssignableFrom(type) || ReactiveKintoOperations.class.isAssignableFrom(type)
				|| type == KintoClient.class;
	}

}
