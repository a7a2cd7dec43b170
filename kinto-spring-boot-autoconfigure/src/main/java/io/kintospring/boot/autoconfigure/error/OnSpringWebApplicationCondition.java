package io.kintospring.boot.autoconfigure.error;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;

/**
 * Condition that matches applications with Spring MVC or Spring WebFlux. A servlet
 * application without Spring MVC, such as one with Jersey, has no controllers to advise.
 */
class OnSpringWebApplicationCondition extends AnyNestedCondition {

	OnSpringWebApplicationCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnWebApplication(type = Type.SERVLET)
	@ConditionalOnClass(name = "org.springframework.web.servlet.DispatcherServlet")
	static class WithSpringMvc {

	}

	@ConditionalOnWebApplication(type = Type.REACTIVE)
	static class WithSpringWebFlux {

	}

}
