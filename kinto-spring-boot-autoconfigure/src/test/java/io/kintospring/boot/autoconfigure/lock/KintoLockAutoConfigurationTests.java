package io.kintospring.boot.autoconfigure.lock;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kintospring.KintoLockException;
import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.lock.LockRegistryKintoLock;
import io.kintospring.client.KintoLock;
import io.kintospring.client.LocalKintoLock;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.integration.support.locks.DefaultLockRegistry;
import org.springframework.integration.support.locks.LockRegistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KintoLockAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KintoLockAutoConfiguration.class, KintoAutoConfiguration.class))
		.withPropertyValues("kinto.url=http://localhost:1/v1");

	private final ApplicationContextRunner registryRunner = this.contextRunner
		.withPropertyValues("kinto.lock.type=registry");

	@Test
	void lockIsLocalByDefault() {
		this.contextRunner
			.run((context) -> assertThat(context.getBean(KintoLock.class)).isInstanceOf(LocalKintoLock.class));
	}

	@Test
	void lockIsLocalWithoutSpringIntegration() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(LockRegistry.class))
			.run((context) -> assertThat(context.getBean(KintoLock.class)).isInstanceOf(LocalKintoLock.class));
	}

	/**
	 * Applications have registries for other purposes.
	 */
	@Test
	void lockRegistryIsNotUsedUnlessConfigured() {
		this.contextRunner.withBean(DefaultLockRegistry.class)
			.run((context) -> assertThat(context.getBean(KintoLock.class)).isInstanceOf(LocalKintoLock.class));
	}

	@Test
	void lockRegistryIsUsedIfConfigured() {
		this.registryRunner.withBean(DefaultLockRegistry.class)
			.run((context) -> assertThat(context.getBean(KintoLock.class)).isInstanceOf(LockRegistryKintoLock.class));
	}

	@Test
	void primaryLockRegistryIsUsed() {
		LockRegistry<?> failing = (key) -> {
			throw new IllegalStateException("on purpose");
		};
		this.registryRunner.withBean(DefaultLockRegistry.class)
			.withBean("primary", LockRegistry.class, () -> failing, (definition) -> definition.setPrimary(true))
			.run((context) -> assertThatExceptionOfType(KintoLockException.class)
				.isThrownBy(() -> update(context.getBean(KintoTemplate.class)))
				.withMessageContaining("the lock 'localhost:1/v1/buckets/default' could not be acquired"));
	}

	@Test
	void applicationFailsWithoutLockRegistry() {
		this.registryRunner.run((context) -> assertFailed(context, "there is no LockRegistry bean"));
	}

	@Test
	void applicationFailsWithSeveralLockRegistries() {
		this.registryRunner.withBean("one", DefaultLockRegistry.class)
			.withBean("two", DefaultLockRegistry.class)
			.run((context) -> assertFailed(context, "there is more than one LockRegistry bean"));
	}

	@Test
	void applicationFailsWithoutSpringIntegration() {
		this.registryRunner.withClassLoader(new FilteredClassLoader(LockRegistry.class))
			.run((context) -> assertFailed(context, "spring-integration-core is not on the class path"));
	}

	private static void assertFailed(AssertableApplicationContext context, String reason) {
		FailureAnalysis analysis = new LockRegistryNotFoundFailureAnalyzer().analyze(context.getStartupFailure());
		assertThat(analysis.getDescription()).isEqualTo("kinto.lock.type is 'registry', but " + reason + ".");
		assertThat(analysis.getAction()).contains("define one LockRegistry bean");
	}

	@Test
	void ownLockIsUsedByAllClientsWithTheConfiguredLimit() {
		List<String> acquired = new CopyOnWriteArrayList<>();
		KintoLock own = (key, maxWait) -> {
			acquired.add(key + " within " + maxWait);
			return CompletableFuture.failedFuture(new IllegalStateException("on purpose"));
		};
		this.registryRunner.withBean(KintoLock.class, () -> own)
			.withPropertyValues("kinto.lock.max-wait=7s", "kinto.clients.audit.url=http://localhost:2/v1")
			.run((context) -> {
				Map<String, KintoTemplate> templates = context.getBeansOfType(KintoTemplate.class);
				assertThat(templates).hasSize(2);
				for (KintoTemplate kinto : templates.values()) {
					assertThatExceptionOfType(KintoLockException.class).isThrownBy(() -> update(kinto));
				}
			});
		String limit = "/v1/buckets/default within " + Duration.ofSeconds(7);
		assertThat(acquired).containsExactlyInAnyOrder("localhost:1" + limit, "localhost:2" + limit);
	}

	private static void update(KintoTemplate kinto) {
		kinto.bucket().attributes().update((attributes) -> attributes);
	}

}
