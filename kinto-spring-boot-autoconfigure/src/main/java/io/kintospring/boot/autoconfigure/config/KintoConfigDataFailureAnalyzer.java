package io.kintospring.boot.autoconfigure.config;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Failure analyzer for imports that can never succeed.
 */
class KintoConfigDataFailureAnalyzer extends AbstractFailureAnalyzer<KintoConfigDataException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, KintoConfigDataException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
	}

}
