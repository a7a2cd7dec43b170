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
				action(cause), cause);
	}

	private static String action(EmbeddedKintoNotStartedException cause) {
		return cause.isPortTaken()
				? "Stop the process that listens on port " + cause.port()
						+ ", or set kinto.embedded.port to another port, or to 0 for a random free port. To use a"
						+ " server that is already running, set kinto.url."
				: "Correct kinto.embedded.settings, kinto.embedded.accounts or kinto.embedded.initial-data.";
	}

}
