package io.kintospring.boot.autoconfigure.lock;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Failure analyzer that describes how to define a lock registry.
 */
class LockRegistryNotFoundFailureAnalyzer extends AbstractFailureAnalyzer<LockRegistryNotFoundException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, LockRegistryNotFoundException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Add a module of Spring Integration with a lock registry, such as spring-integration-jdbc or"
						+ " spring-integration-redis, and define one LockRegistry bean, or mark one of several beans as"
						+ " @Primary. If the application runs in one instance, remove kinto.lock.type.",
				cause);
	}

}
