package io.kintospring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Failure analyzer for invalid {@code kinto.*} properties of an import. While
 * configuration is imported, analyzers cannot get the environment, so the analysis does
 * not contain the origins of the properties.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
class InvalidKintoPropertiesOfImportFailureAnalyzer extends AbstractFailureAnalyzer<InvalidKintoPropertiesException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidKintoPropertiesException cause) {
		return InvalidKintoPropertiesFailureAnalyzer.analysis(cause, (property) -> "");
	}

}
