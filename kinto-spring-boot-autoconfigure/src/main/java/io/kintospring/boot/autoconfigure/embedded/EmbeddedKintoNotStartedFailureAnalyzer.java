package io.kintospring.boot.autoconfigure.embedded;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what to do where the embedded server cannot be started.
 */
class EmbeddedKintoNotStartedFailureAnalyzer extends AbstractFailureAnalyzer<EmbeddedKintoNotStartedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, EmbeddedKintoNotStartedException cause) {
		return new FailureAnalysis("The embedded Kinto server was not started: " + cause.getMessage() + ".",
				action(cause), cause);
	}

	private static String action(EmbeddedKintoNotStartedException cause) {
		return cause.isPortTaken()
				? "Stop what listens on port " + cause.port()
						+ ", set kinto.embedded.port to another one, or leave it at 0 for any that is free. To use a"
						+ " server that runs already, set kinto.url."
				: "Correct kinto.embedded.settings, kinto.embedded.accounts or kinto.embedded.initial-data.";
	}

}
