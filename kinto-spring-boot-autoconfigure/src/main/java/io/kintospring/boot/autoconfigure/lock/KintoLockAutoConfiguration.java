package io.kintospring.boot.autoconfigure.lock;

import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.KintoLockType;
import io.kintospring.boot.autoconfigure.KintoProperties;
import io.kintospring.boot.lock.LockRegistryKintoLock;
import io.kintospring.client.KintoLock;
import io.kintospring.client.LocalKintoLock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.integration.support.locks.LockRegistry;

/**
 * Auto-configuration for the {@link KintoLock} that all clients of the application share.
 */
@AutoConfiguration(before = KintoAutoConfiguration.class)
@ConditionalOnMissingBean(KintoLock.class)
@EnableConfigurationProperties(KintoProperties.class)
public final class KintoLockAutoConfiguration {

	KintoLockAutoConfiguration() {
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(LockRegistry.class)
	static class RegistryConfiguration {

		@Bean
		@Lazy
		KintoLock kintoLock(KintoProperties properties, ObjectProvider<LockRegistry<?>> registry) {
			if (properties.getLock().getType() == KintoLockType.LOCAL) {
				return new LocalKintoLock();
			}
			LockRegistry<?> unique = registry.getIfUnique();
			if (unique == null) {
				throw new LockRegistryNotFoundException("there is "
						+ (registry.stream().findAny().isPresent() ? "more than one" : "no") + " LockRegistry bean");
			}
			return new LockRegistryKintoLock(unique);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("org.springframework.integration.support.locks.LockRegistry")
	static class LocalConfiguration {

		@Bean
		@Lazy
		KintoLock kintoLock(KintoProperties properties) {
			if (properties.getLock().getType() == KintoLockType.REGISTRY) {
				throw new LockRegistryNotFoundException("spring-integration-core is not on the class path");
			}
			return new LocalKintoLock();
		}

	}

}
