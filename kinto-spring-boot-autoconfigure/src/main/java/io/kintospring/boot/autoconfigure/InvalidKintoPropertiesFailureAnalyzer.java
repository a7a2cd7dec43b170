package io.kintospring.boot.autoconfigure;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import io.kintospring.boot.autoconfigure.InvalidKintoPropertiesException.Problem;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Failure analyzer that lists all invalid {@code kinto.*} properties, with the origin and
 * the fix of each.
 */
class InvalidKintoPropertiesFailureAnalyzer extends AbstractFailureAnalyzer<InvalidKintoPropertiesException> {

	private final Environment environment;

	InvalidKintoPropertiesFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidKintoPropertiesException cause) {
		return analysis(cause, this::origin);
	}

	static FailureAnalysis analysis(InvalidKintoPropertiesException cause, UnaryOperator<String> origin) {
		List<Problem> problems = cause.problems();
		return new FailureAnalysis(
				"The Kinto configuration is invalid:\n"
						+ list(problems, (problem) -> problem.description() + origin.apply(problem.property())),
				"Correct the configuration:\n" + list(problems, Problem::action), cause);
	}

	private static String list(List<Problem> problems, Function<Problem, String> text) {
		return problems.stream().map((problem) -> "\n    - " + text.apply(problem)).collect(Collectors.joining());
	}

	private String origin(String property) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
		return StreamSupport.stream(ConfigurationPropertySources.get(this.environment).spliterator(), false)
			.map((source) -> source.getConfigurationProperty(name))
			.filter(Objects::nonNull)
			.findFirst()
			.map(ConfigurationProperty::getOrigin)
			.map((origin) -> " It is set in " + origin + ".")
			.orElse("");
	}

}
