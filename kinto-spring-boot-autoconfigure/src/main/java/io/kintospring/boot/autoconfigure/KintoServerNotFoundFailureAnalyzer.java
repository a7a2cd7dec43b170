package io.kintospring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Failure analyzer that describes how to configure the Kinto server.
 */
class KintoServerNotFoundFailureAnalyzer extends AbstractFailureAnalyzer<KintoServerNotFoundException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, KintoServerNotFoundException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", action(cause.prefix()), cause);
	}

	private static String action(String prefix) {
		String url = "Set " + prefix + ".url to the root URL of the Kinto API, such as https://kinto.example.com/v1.";
		if (!prefix.equals(NamedKintoClients.PRIMARY)) {
			return url
					+ " The service connection of a container is always that of the primary client. If you do not need"
					+ " this client, remove the properties " + prefix + ".*.";
		}
		return url + " For development and tests, you can add the dependency io.kintospring:kinto-embedded instead, and"
				+ " keep kinto.embedded.enabled at true. If the application defines its own KintoClient, KintoTemplate"
				+ " or ReactiveKintoTemplate bean, no embedded server is started unless it also defines an"
				+ " EmbeddedKintoServer bean.";
	}

}
