package io.kintospring.boot.autoconfigure.health;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.kintospring.boot.StubServer;
import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.embedded.EmbeddedKintoAutoConfiguration;
import io.kintospring.boot.health.KintoHealthIndicator;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.client.KintoClient;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.template.ReactiveKintoTemplate;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthContributors;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class KintoHealthContributorAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(KintoAutoConfiguration.class, KintoHealthContributorAutoConfiguration.class))
		.withPropertyValues("kinto.username=alice", "kinto.password=s3cr3t");

	private final ApplicationContextRunner embeddedRunner = this.contextRunner
		.withConfiguration(AutoConfigurations.of(EmbeddedKintoAutoConfiguration.class));

	@Test
	void isUpWithDetailsOfTheServer() {
		try (StubServer server = StubServer.answeringHello()) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url()).run((context) -> {
				Health health = context.getBean(KintoHealthIndicator.class).health().block();
				assertThat(health.getStatus()).isEqualTo(Status.UP);
				assertThat(health.getDetails())
					.containsExactlyInAnyOrderEntriesOf(Map.of("url", server.url(), "project", "kinto", "version",
							"26.2.1", "httpApiVersion", "1.23", "readonly", false, "authenticated", true));
				assertThat(server.takeRequest().uri()).isEqualTo("/v1/");
			});
		}
	}

	@Test
	void reportsWrongCredentials() {
		try (StubServer server = StubServer.answering(200, Map.of(), "{\"http_api_version\": \"1.23\"}")) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url())
				.run((context) -> assertThat(health(context).getDetails()).containsEntry("authenticated", false));
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

	@ParameterizedTest
	@CsvSource({ "410, , OUT_OF_SERVICE", "410, 7, OUT_OF_SERVICE", "503, 7, OUT_OF_SERVICE", "503, , DOWN",
			"429, 7, DOWN", "500, , DOWN", "500, 7, DOWN", "401, , DOWN", "404, , DOWN" })
	void failureDeterminesTheStatus(int status, String retryAfter, String health) {
		Map<String, String> headers = (retryAfter != null) ? Map.of("Retry-After", retryAfter) : Map.of();
		try (StubServer server = StubServer.answering(status, headers, "{\"errno\": 999, \"message\": \"Closed\"}")) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url()).run((context) -> {
				assertThat(health(context).getStatus().getCode()).isEqualTo(health);
				assertThat(health(context).getDetails().get("error")).asString()
					.contains(String.valueOf(status), "Closed");
			});
		}
	}

	@Test
	void showsHowLongTheServerIsOutOfService() {
		try (StubServer server = StubServer.answering(503, Map.of("Retry-After", "90"), "{}")) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url())
				.run((context) -> assertThat(health(context).getDetails()).containsEntry("retryAfter", "PT1M30S"));
		}
	}

	@Test
	void isOutOfServiceAndUpAgainAfterAFault() {
		this.embeddedRunner.run((context) -> {
			context.getBean(EmbeddedKintoServer.class).faults().fail(1, (requests) -> requests.path("/"), 503);
			assertThat(health(context).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void isDownIfTheServerDropsTheConnection() {
		this.embeddedRunner.run((context) -> {
			context.getBean(EmbeddedKintoServer.class).faults().dropConnection(1, (requests) -> requests.path("/"));
			assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
		});
	}

	@Test
	void hasNoSignalsByDefault() {
		this.embeddedRunner.run((context) -> assertThat(health(context).getDetails()).doesNotContainKeys("endOfService",
				"deprecation", "remainingBackoff", "retryAfter", "checks"));
	}

	@Test
	void showsEndOfServiceAndDeprecationOfTheServer() {
		this.embeddedRunner
			.withPropertyValues("kinto.embedded.settings.eos=2099-12-31",
					"kinto.embedded.settings.eos-message=Move to the new server",
					"kinto.embedded.settings.eos-url=https://kinto.example.com/eos")
			.run((context) -> {
				Health health = health(context);
				assertThat(health.getStatus()).isEqualTo(Status.UP);
				assertThat(health.getDetails()).containsEntry("endOfService", "2099-12-31")
					.extractingByKey("deprecation", InstanceOfAssertFactories.MAP)
					.containsEntry("type", "soft-eol")
					.containsEntry("message", "Move to the new server")
					.containsEntry("url", "https://kinto.example.com/eos")
					.containsKey("receivedAt");
			});
	}

	@Test
	void isOutOfServiceWithTheDeprecationAfterTheEndOfService() {
		this.embeddedRunner.withPropertyValues("kinto.embedded.settings.eos=2001-01-01").run((context) -> {
			Health health = health(context);
			assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(health.getDetails()).extractingByKey("deprecation", InstanceOfAssertFactories.MAP)
				.containsEntry("type", "hard-eol");
		});
	}

	@Test
	void endOfServiceIsLoggedOnce(CapturedOutput output) {
		this.embeddedRunner
			.withPropertyValues("kinto.embedded.settings.eos=2099-12-31", "kinto.embedded.settings.eos-message=Move")
			.run((context) -> {
				health(context);
				context.getBean(ReactiveKintoTemplate.class).fetchServerInfo().block();
				health(context);
			});
		assertThat(output.toString().lines().filter((line) -> line.contains("soft-eol"))).singleElement()
			.asString()
			.contains("WARN", "Move");
	}

	@Test
	void showsTheBackoffThatTheApplicationHasReceived() {
		AtomicReference<String> backoff = new AtomicReference<>("600");
		KintoClient client = KintoClient.builder((request) -> Mono.just(hello(backoff.getAndSet(null)))).build();
		ReactiveKintoTemplate kinto = new ReactiveKintoTemplate(client, KintoCalls.defaults());
		kinto.fetchServerInfo().block();
		try (KintoHealthIndicator indicator = new KintoHealthIndicator(kinto)) {
			Health health = indicator.health().block();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails().get("remainingBackoff")).asString().startsWith("PT9M5");
		}
	}

	@Test
	void showsTheBackoffThatTheHealthCheckHasReceived() {
		this.embeddedRunner.withPropertyValues("kinto.embedded.settings.backoff=300")
			.run((context) -> assertThat(health(context).getDetails().get("remainingBackoff")).asString()
				.startsWith("PT4M5"));
	}

	private static KintoResponse hello(@Nullable String backoff) {
		HttpHeaders headers = new HttpHeaders();
		if (backoff != null) {
			headers.set("Backoff", backoff);
		}
		return new KintoResponse(200, headers, "{\"http_api_version\": \"1.23\"}".getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void requestsTheHeartbeatIfEnabled() {
		this.embeddedRunner.withPropertyValues("kinto.health.heartbeat=true").run((context) -> {
			EmbeddedKintoServer server = context.getBean(EmbeddedKintoServer.class);
			server.faults().fail(10, (requests) -> requests.path("/"), 500);
			Health health = health(context);
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsOnlyKeys("url", "checks");
			assertThat(health.getDetails()).extractingByKey("checks", InstanceOfAssertFactories.MAP)
				.containsEntry("storage", true);
		});
	}

	@Test
	void isDownIfTheHeartbeatReportsAFailedBackend() {
		try (StubServer server = StubServer.answering(503, Map.of("Retry-After", "3"),
				"{\"storage\": false, \"permission\": true, \"cache\": null}")) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url(), "kinto.health.heartbeat=true")
				.run((context) -> {
					Health health = health(context);
					assertThat(health.getStatus()).isEqualTo(Status.DOWN);
					assertThat(health.getDetails()).containsEntry("checks",
							Map.of("storage", false, "permission", true));
					assertThat(server.takeRequest().uri()).isEqualTo("/v1/__heartbeat__");
				});
		}
	}

	@Test
	void isOutOfServiceIfTheServerRejectsTheHeartbeatForSomeTime() {
		this.embeddedRunner.withPropertyValues("kinto.health.heartbeat=true").run((context) -> {
			context.getBean(EmbeddedKintoServer.class)
				.faults()
				.fail(1, (requests) -> requests.path("/__heartbeat__"), 503);
			assertThat(health(context).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		});
	}

	@Test
	void checkEndsAfterTheConfiguredTimeout() {
		this.embeddedRunner.withPropertyValues("kinto.health.timeout=50ms").run((context) -> {
			context.getBean(EmbeddedKintoServer.class)
				.faults()
				.delay(1, Duration.ofSeconds(30), (requests) -> requests.path("/"));
			Health health = context.getBean(KintoHealthIndicator.class).health().block(Duration.ofSeconds(20));
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(health.getDetails()).containsEntry("error", "no response within 50 ms");
		});
	}

	@Test
	void timeoutOfTheCheckCanBeLongerThanThatOfRequests() {
		this.embeddedRunner.withPropertyValues("kinto.timeout=50ms", "kinto.health.timeout=20s").run((context) -> {
			context.getBean(EmbeddedKintoServer.class)
				.faults()
				.delay(1, Duration.ofMillis(500), (requests) -> requests.path("/"));
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void failsToStartWithoutATimeout() {
		this.contextRunner.withPropertyValues("kinto.url=http://localhost:1/v1", "kinto.health.timeout=0")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("kinto.health.timeout must be between 1ms and 24 days, but was 0s."));
	}

	@Test
	void unexpectedFailureIsDownWithoutItsMessage(CapturedOutput output) {
		KintoAuthentication failing = () -> Mono.error(new IllegalStateException("t0ken"));
		this.contextRunner.withPropertyValues("kinto.url=http://localhost:1/v1")
			.withBean(KintoAuthentication.class, () -> failing)
			.run((context) -> {
				Health health = health(context);
				assertThat(health.getStatus()).isEqualTo(Status.DOWN);
				assertThat(health.getDetails().get("error")).asString().contains("KintoAuthentication failed");
				assertThat(health.toString()).doesNotContain("t0ken");
			});
		assertThat(output).doesNotContain("t0ken");
	}

	@Test
	void checksEachTemplateByName() {
		try (StubServer up = StubServer.answeringHello(); StubServer down = StubServer.answering(500, Map.of(), "{}")) {
			this.contextRunner
				.withBean("main", ReactiveKintoTemplate.class, () -> ReactiveKintoTemplate.builder(up.url()).build())
				.withBean("archive", ReactiveKintoTemplate.class,
						() -> ReactiveKintoTemplate.builder(down.url()).build())
				.run((context) -> {
					CompositeReactiveHealthContributor composite = context
						.getBean(CompositeReactiveHealthContributor.class);
					assertThat(status(composite, "main")).isEqualTo(Status.UP);
					assertThat(status(composite, "archive")).isEqualTo(Status.DOWN);
				});
		}
	}

	private static Status status(CompositeReactiveHealthContributor composite, String name) {
		return ((ReactiveHealthIndicator) composite.getContributor(name)).health().block().getStatus();
	}

	private static Health health(ApplicationContext context) {
		return context.getBean(KintoHealthIndicator.class).health().block();
	}

	@Test
	void isDownWhenTheServerDoesNotRespondInTime() {
		KintoClient silent = KintoClient.builder((request) -> Mono.never()).build();
		ReactiveKintoTemplate kinto = new ReactiveKintoTemplate(silent, KintoCalls.defaults());
		StepVerifier.withVirtualTime(() -> new KintoHealthIndicator(kinto).health())
			.thenAwait(Duration.ofSeconds(2))
			.assertNext((health) -> {
				assertThat(health.getStatus()).isEqualTo(Status.DOWN);
				assertThat(health.getDetails()).containsEntry("error", "no response within 2000 ms");
			})
			.expectComplete()
			.verify(Duration.ofSeconds(10));
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
						.containsEntry("authenticated", true);
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
