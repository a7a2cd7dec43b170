package io.kintospring.boot.autoconfigure;

import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;

/**
 * Condition that matches if no properties {@code kinto.clients.*} are set.
 */
class OnNoNamedKintoClientsCondition extends NoneNestedConditions {

	OnNoNamedKintoClientsCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnNamedKintoClients
	static class NamedClients {

	}

}
