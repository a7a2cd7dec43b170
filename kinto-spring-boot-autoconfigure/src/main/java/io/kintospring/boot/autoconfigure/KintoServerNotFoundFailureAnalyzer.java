package io.kintospring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Failure analyzer that says how to configure where the Kinto server is.
 */
class KintoServerNotFoundFailureAnalyzer extends AbstractFailureAnalyzer<KintoServerNotFoundException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, KintoServerNotFoundException cause) {
		return new FailureAnalysis(
				"It is not known where the Kinto server is: kinto.url is not set or is blank, and no embedded server was started.",
				"Set kinto.url to the root of the server's API, such as https://kinto.example.com/v1. For development"
						+ " and tests, add the dependency io.kintospring:kinto-embedded instead, and leave"
						+ " kinto.embedded.enabled at true. An application that defines a KintoClient, KintoTemplate or"
						+ " ReactiveKintoTemplate bean of its own gets no embedded server, unless it defines an"
						+ " EmbeddedKintoServer bean, too.",
				cause);
	}

}
