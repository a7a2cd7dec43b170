package io.kintospring.boot.autoconfigure.health;

import io.kintospring.boot.autoconfigure.ConditionalOnNamedKintoClients;
import io.kintospring.template.ReactiveKintoTemplate;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;

/**
 * Condition that matches if the application has a {@link ReactiveKintoTemplate}, or named
 * clients. {@code @ConditionalOnBean} ignores the templates of named clients, because
 * they are not default candidates.
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
