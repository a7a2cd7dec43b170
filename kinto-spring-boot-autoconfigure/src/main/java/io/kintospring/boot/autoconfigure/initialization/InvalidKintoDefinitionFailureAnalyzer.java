package io.kintospring.boot.autoconfigure.initialization;

import io.kintospring.boot.initialization.InvalidKintoDefinitionException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Failure analyzer for a definition that is invalid or missing.
 */
class InvalidKintoDefinitionFailureAnalyzer extends AbstractFailureAnalyzer<InvalidKintoDefinitionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidKintoDefinitionException cause) {
		return new FailureAnalysis("The definition of Kinto's objects is invalid.\n\n    " + cause.getMessage(),
				"Correct the definition. To start the application without it, set kinto.initialize=never.", cause);
	}

}
