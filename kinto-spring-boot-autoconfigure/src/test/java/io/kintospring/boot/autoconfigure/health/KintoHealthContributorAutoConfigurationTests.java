package io.kintospring.boot.autoconfigure.health;

import java.util.Map;

import io.kintospring.boot.StubServer;
import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.health.KintoHealthIndicator;
import io.kintospring.client.KintoClient;
import io.kintospring.template.ReactiveKintoTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthContributors;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class KintoHealthContributorAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(KintoAutoConfiguration.class, KintoHealthContributorAutoConfiguration.class))
		.withPropertyValues("kinto.username=alice", "kinto.password=s3cr3t");

	@Test
	void isUpWithDetailsOfTheServer() {
		try (StubServer server = StubServer.answeringHello()) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url()).run((context) -> {
				Health health = context.getBean(KintoHealthIndicator.class).health().block();
				assertThat(health.getStatus()).isEqualTo(Status.UP);
				assertThat(health.getDetails())
					.containsExactlyInAnyOrderEntriesOf(Map.of("url", server.url(), "project", "kinto", "version",
							"26.2.1", "httpApiVersion", "1.23", "readonly", false, "user", "basicauth:alice"));
			});
		}
	}

	@Test
	void isDownWithTheReasonAndLogsNoStackTrace(CapturedOutput output) {
		this.contextRunner.withPropertyValues("kinto.url=http://127.0.0.1:1/v1").run((context) -> {
			Health health = context.getBean(KintoHealthIndicator.class).health().block();
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(health.getDetails()).containsEntry("url", "http://127.0.0.1:1/v1");
			assertThat(health.getDetails().get("error")).asString()
				.contains("Connection refused")
				.doesNotContain("s3cr3t");
			assertThat(output).doesNotContain("Exception").doesNotContain("\tat ");
		});
	}

	@Test
	void isDownWhenTheServerRespondsWithAnError() {
		try (StubServer server = StubServer.answering(503, Map.of(),
				"{\"errno\": 201, \"message\": \"No database\"}")) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url()).run((context) -> {
				Health health = context.getBean(KintoHealthIndicator.class).health().block();
				assertThat(health.getStatus()).isEqualTo(Status.DOWN);
				assertThat(health.getDetails().get("error")).asString().contains("503").contains("No database");
			});
		}
	}

	@Test
	void isDownWhenTheServerDoesNotRespondInTime() {
		KintoClient silent = KintoClient.builder((request) -> Mono.never()).build();
		ReactiveKintoTemplate kinto = new ReactiveKintoTemplate(silent, new io.kintospring.protocol.KintoCalls(
				new tools.jackson.databind.json.JsonMapper(), io.kintospring.KintoOptions.of(), "default"));
		StepVerifier.withVirtualTime(() -> new KintoHealthIndicator(kinto).health())
			.thenAwait(java.time.Duration.ofSeconds(2))
			.assertNext((health) -> {
				assertThat(health.getStatus()).isEqualTo(Status.DOWN);
				assertThat(health.getDetails()).containsEntry("error", "no response within 2000 ms");
			})
			.expectComplete()
			.verify(java.time.Duration.ofSeconds(10));
	}

	@Test
	void canBeDisabled() {
		this.contextRunner
			.withPropertyValues("kinto.url=http://localhost:1/v1", "management.health.kinto.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(KintoHealthIndicator.class));
	}

	@Test
	void ownIndicatorReplacesTheAutoConfiguredOne() {
		this.contextRunner.withPropertyValues("kinto.url=http://localhost:1/v1")
			.withBean("kintoHealthIndicator", String.class, () -> "own")
			.run((context) -> assertThat(context).doesNotHaveBean(KintoHealthIndicator.class));
	}

	@Test
	void eachClientHasAnEntry() {
		try (StubServer primary = StubServer.answeringHello(); StubServer audit = StubServer.answeringHello()) {
			this.contextRunner
				.withPropertyValues("kinto.url=" + primary.url(), "kinto.clients.audit.url=" + audit.url(),
						"kinto.clients.gone.url=http://127.0.0.1:1/v1")
				.withBean("archiveReactiveKintoTemplate", ReactiveKintoTemplate.class,
						() -> ReactiveKintoTemplate.builder(audit.url()).build(),
						(definition) -> ((AbstractBeanDefinition) definition).setDefaultCandidate(false))
				.withBean("other", ReactiveKintoTemplate.class,
						() -> ReactiveKintoTemplate.builder(audit.url()).build(),
						(definition) -> ((AbstractBeanDefinition) definition).setDefaultCandidate(false))
				.run((context) -> {
					CompositeReactiveHealthContributor composite = context.getBean("kintoHealthContributor",
							CompositeReactiveHealthContributor.class);
					assertThat(composite.stream().map(ReactiveHealthContributors.Entry::name))
						.containsExactlyInAnyOrder("kinto", "audit", "gone", "archive", "other");
					assertThat(health(composite, "kinto").getDetails()).containsEntry("url", primary.url())
						.containsEntry("user", "basicauth:alice");
					assertThat(health(composite, "audit").getDetails()).containsEntry("url", audit.url());
					assertThat(health(composite, "gone").getStatus()).isEqualTo(Status.DOWN);
				});
		}
	}

	@Test
	void applicationWithANamedClientOnlyHasItsHealth() {
		try (StubServer audit = StubServer.answeringHello()) {
			new ApplicationContextRunner()
				.withConfiguration(AutoConfigurations.of(KintoAutoConfiguration.class,
						KintoHealthContributorAutoConfiguration.class))
				.withPropertyValues("kinto.clients.audit.url=" + audit.url())
				.run((context) -> assertThat(context.getBean(KintoHealthIndicator.class).health().block().getDetails())
					.containsEntry("url", audit.url()));
		}
	}

	@Test
	void applicationWithoutTemplateHasNoHealth() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(KintoHealthContributorAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("kintoHealthContributor"));
	}

	private static Health health(CompositeReactiveHealthContributor composite, String name) {
		return ((KintoHealthIndicator) composite.getContributor(name)).health().block();
	}

}
