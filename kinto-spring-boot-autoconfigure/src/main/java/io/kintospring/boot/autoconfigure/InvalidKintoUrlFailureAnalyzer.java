package io.kintospring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what a URL of a Kinto server must be like. The URL itself is not repeated if it
 * holds credentials.
 */
class InvalidKintoUrlFailureAnalyzer extends AbstractFailureAnalyzer<InvalidKintoUrlException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidKintoUrlException cause) {
		return new FailureAnalysis(cause.getMessage(),
				"Set kinto.url to the root of the server's API, such as https://kinto.example.com/v1. Credentials go"
						+ " into kinto.username and kinto.password, or into kinto.bearer-token.",
				cause);
	}

}
