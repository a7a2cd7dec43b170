package io.kintospring.boot.autoconfigure;

import io.kintospring.client.KintoTransport;
import io.kintospring.template.KintoOperations;
import io.kintospring.template.ReactiveKintoOperations;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;

/**
 * An application that brings a template of its own need not say where the server is.
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
	static class ServerNeeded {

	}

}
