package io.kintospring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Failure analyzer for a placeholder that cannot be resolved.
 */
class UnresolvedKintoPropertyFailureAnalyzer extends AbstractFailureAnalyzer<UnresolvedKintoPropertyException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnresolvedKintoPropertyException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", "Set '" + cause.placeholder()
				+ "' as a property or an environment variable, or correct " + cause.property() + ".", cause);
	}

}
