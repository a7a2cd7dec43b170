package io.kintospring.boot.autoconfigure.metrics;

import io.kintospring.boot.autoconfigure.ConditionalOnNamedKintoClients;
import io.kintospring.client.KintoClient;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;

/**
 * Condition that matches if the application has a {@link KintoClient}, or named clients,
 * which {@code @ConditionalOnBean} ignores.
 */
class OnKintoClientCondition extends AnyNestedCondition {

	OnKintoClientCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnBean(KintoClient.class)
	static class Client {

	}

	@ConditionalOnNamedKintoClients
	static class NamedClients {

	}

}
