package io.kintospring.boot.autoconfigure;

import io.kintospring.client.KintoTransport;
import io.kintospring.template.KintoOperations;
import io.kintospring.template.ReactiveKintoOperations;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Conditional;

/**
 * Condition that matches if the server is configured, or if the application has no other
 * template. An application with its own template or named clients does not require a
 * configured server.
 */
class OnServerKnownOrNeededCondition extends AnyNestedCondition {

	OnServerKnownOrNeededCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnBean(KintoConnectionDetails.class)
	static class ServerKnown {

	}

	@ConditionalOnBean(KintoTransport.class)
	static class TransportKnown {

	}

	@ConditionalOnMissingBean({ KintoOperations.class, ReactiveKintoOperations.class })
	@Conditional(OnNoNamedKintoClientsCondition.class)
	static class ServerNeeded {

	}

}
