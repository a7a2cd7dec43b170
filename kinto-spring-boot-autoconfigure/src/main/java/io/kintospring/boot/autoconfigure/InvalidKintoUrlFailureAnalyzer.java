package io.kintospring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Failure analyzer for an invalid URL of the Kinto server. The analysis does not contain
 * the URL if the URL contains credentials.
 */
class InvalidKintoUrlFailureAnalyzer extends AbstractFailureAnalyzer<InvalidKintoUrlException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidKintoUrlException cause) {
		String prefix = cause.prefix();
		return new FailureAnalysis(cause.getMessage(),
				"Set " + prefix + ".url to the root URL of the Kinto API, such as https://kinto.example.com/v1. Set"
						+ " credentials with " + prefix + ".username and " + prefix + ".password, or with " + prefix
						+ ".bearer-token.",
				cause);
	}

}
