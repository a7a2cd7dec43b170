package io.kintospring.boot.autoconfigure.embedded;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Failure analyzer for an embedded server that cannot be started.
 */
class EmbeddedKintoNotStartedFailureAnalyzer extends AbstractFailureAnalyzer<EmbeddedKintoNotStartedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, EmbeddedKintoNotStartedException cause) {
		return new FailureAnalysis("The embedded Kinto server could not be started: " + cause.getMessage() + ".",
				cause.action(), cause);
	}

}
