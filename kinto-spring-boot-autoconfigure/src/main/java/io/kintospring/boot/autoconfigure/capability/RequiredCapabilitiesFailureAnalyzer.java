package io.kintospring.boot.autoconfigure.capability;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kintospring.boot.autoconfigure.capability.RequiredCapabilitiesException.Problem;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Failure analyzer that lists the missing capabilities of each server, and how to enable
 * them.
 */
class RequiredCapabilitiesFailureAnalyzer extends AbstractFailureAnalyzer<RequiredCapabilitiesException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, RequiredCapabilitiesException cause) {
		return new FailureAnalysis(
				"The capabilities in kinto.required-capabilities are not available:\n"
						+ list(cause.problems().stream().map(Problem::description)),
				"Correct the server or the configuration:\n"
						+ list(cause.problems().stream().flatMap((problem) -> problem.actions().stream())),
				cause);
	}

	private static String list(Stream<String> sentences) {
		return sentences.distinct().map((sentence) -> "\n    - " + sentence).collect(Collectors.joining());
	}

}
