package io.kintospring.boot.autoconfigure;

import java.util.Set;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Condition for {@link ConditionalOnNamedKintoClients @ConditionalOnNamedKintoClients}.
 */
class OnNamedKintoClientsCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Set<String> names = NamedKintoClients.names(context.getEnvironment());
		ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnNamedKintoClients.class);
		return names.isEmpty() ? ConditionOutcome.noMatch(message.because("no kinto.clients.* are set"))
				: ConditionOutcome.match(message.foundExactly(names.toArray()));
	}

}
