package io.kintospring.boot.autoconfigure.config;

import io.kintospring.boot.event.KintoConfigChangedEvent;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Listener that lets Spring Cloud bind {@code @ConfigurationProperties} again, and renew
 * the beans in the refresh scope. It runs before other listeners, so they find the beans
 * with the new values.
 */
final class KintoConfigRefresher implements ApplicationListener<KintoConfigChangedEvent>, Ordered {

	private final ApplicationContext context;

	private final ObjectProvider<RefreshScope> refreshScope;

	KintoConfigRefresher(ApplicationContext context, ObjectProvider<RefreshScope> refreshScope) {
		this.context = context;
		this.refreshScope = refreshScope;
	}

	@Override
	public void onApplicationEvent(KintoConfigChangedEvent event) {
		this.context.publishEvent(new EnvironmentChangeEvent(this.context, event.keys()));
		this.refreshScope.ifAvailable(RefreshScope::refreshAll);
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
