package io.kintospring.boot.autoconfigure;

import io.kintospring.template.ReactiveKintoTemplate;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;

/**
 * Condition for {@link ConditionalOnKintoTemplate @ConditionalOnKintoTemplate}.
 */
class OnKintoTemplateCondition extends AnyNestedCondition {

	OnKintoTemplateCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnBean(ReactiveKintoTemplate.class)
	static class Template {

	}

	@ConditionalOnNamedKintoClients
	static class NamedClients {

	}

}
