package io.kintospring.boot.autoconfigure.initialization;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoTransportException;
import io.kintospring.boot.initialization.KintoInitializationException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.http.HttpStatus;

/**
 * Failure analyzer for an object that could not be initialized.
 */
class KintoInitializationFailureAnalyzer extends AbstractFailureAnalyzer<KintoInitializationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, KintoInitializationException cause) {
		return new FailureAnalysis("The Kinto server could not be initialized.\n\n    " + cause.getMessage(),
				action(cause) + " To start the application without initialization, set kinto.initialize=never.", cause);
	}

	private static String action(KintoInitializationException cause) {
		if (cause.failure() instanceof KintoAccessDeniedException denied) {
			return (denied.status() == HttpStatus.UNAUTHORIZED.value())
					? "Set kinto.username and kinto.password, or kinto.bearer-token, to credentials that the server knows."
					: "Grant the user of the application the permission to create or write this object, or let an"
							+ " administrator create it.";
		}
		if (cause.failure() instanceof KintoInvalidRequestException) {
			return "Correct " + cause.path() + " in " + cause.source()
					+ ", or the schema of its collection if the record is valid.";
		}
		if (cause.failure() instanceof KintoConflictException) {
			return "Start the application again: another client changed the object at each attempt.";
		}
		if (cause.failure() instanceof KintoTransportException) {
			return "Check that the server is running, and that kinto.url is correct.";
		}
		return "Correct " + cause.path() + " in " + cause.source() + ", or the configuration of the server.";
	}

}
