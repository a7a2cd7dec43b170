package io.kintospring.boot.autoconfigure.info;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.kintospring.boot.StubServer;
import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.embedded.EmbeddedKintoAutoConfiguration;
import io.kintospring.boot.info.KintoInfoContributor;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveKintoTemplate;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class KintoInfoContributorAutoConfigurationTests {

	private static final String ENABLED = "management.info.kinto.enabled=true";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EmbeddedKintoAutoConfiguration.class, KintoAutoConfiguration.class,
				KintoInfoContributorAutoConfiguration.class));

	@Test
	void isOffByDefaultBecauseItSendsRequests() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(KintoInfoContributor.class));
		this.contextRunner.withPropertyValues("management.info.defaults.enabled=true")
			.run((context) -> assertThat(context).doesNotHaveBean(KintoInfoContributor.class));
	}

	@Test
	void containsVersionsAndCapabilities() {
		this.contextRunner.withPropertyValues(ENABLED)
			.run((context) -> assertThat(info(context)).containsOnlyKeys("version", "httpApiVersion", "capabilities")
				.containsEntry("httpApiVersion", "1.23")
				.extractingByKey("capabilities", InstanceOfAssertFactories.list(String.class))
				.contains("history", "default_bucket"));
	}

	@Test
	void containsANamedClientWithoutAPrimaryOne() {
		try (StubServer server = StubServer.answeringHello()) {
			this.contextRunner
				.withPropertyValues(ENABLED, "kinto.embedded.enabled=false", "kinto.clients.audit.url=" + server.url())
				.run((context) -> assertThat(info(context)).containsEntry("version", "26.2.1"));
		}
	}

	@Test
	void containsTheEndOfServiceIfItIsAnnounced() {
		this.contextRunner.withPropertyValues(ENABLED, "kinto.embedded.settings.eos=2099-12-31")
			.run((context) -> assertThat(info(context)).containsEntry("endOfService", "2099-12-31"));
	}

	@Test
	void requestsOnlyWhatTheClientHasNotCached() {
		try (StubServer server = StubServer.answeringHello()) {
			this.contextRunner.withPropertyValues(ENABLED, "kinto.url=" + server.url()).run((context) -> {
				context.getBean(KintoTemplate.class).fetchServerInfo();
				assertThat(info(context)).containsEntry("version", "26.2.1");
				assertThat(server.requests()).isEqualTo(1);
			});
		}
	}

	@Test
	void requestsExpiredInfoAgain() {
		try (StubServer server = StubServer.answeringHello()) {
			this.contextRunner.withPropertyValues(ENABLED)
				.withBean(ReactiveKintoTemplate.class,
						() -> ReactiveKintoTemplate.builder(server.url())
							.client((client) -> client.serverInfoExpiry(Duration.ofNanos(1)))
							.build())
				.run((context) -> {
					info(context);
					assertThat(info(context)).containsEntry("version", "26.2.1");
					assertThat(server.requests()).isEqualTo(2);
				});
		}
	}

	@Test
	void failingServerIsLeftOut() {
		this.contextRunner.withPropertyValues(ENABLED).run((context) -> {
			context.getBean(EmbeddedKintoServer.class).faults().fail(1, (requests) -> requests.path("/"), 500);
			assertThat(build(context).getDetails()).isEmpty();
			assertThat(build(context).getDetails()).containsOnlyKeys("kinto");
		});
	}

	@Test
	void unreachableServerDoesNotFailTheEndpoint() {
		this.contextRunner.withPropertyValues(ENABLED, "kinto.url=http://127.0.0.1:1/v1").run((context) -> {
			InfoEndpoint endpoint = new InfoEndpoint(List.of(context.getBean(KintoInfoContributor.class),
					(builder) -> builder.withDetail("other", true)));
			assertThat(endpoint.info()).isEqualTo(Map.of("other", true));
		});
	}

	@Test
	void severalServersHaveNames() {
		try (StubServer one = StubServer.answeringHello();
				StubServer other = StubServer.answering(200, Map.of(),
						"{\"http_api_version\": \"1.20\", \"project_version\": \"18.0\"}");
				StubServer failing = StubServer.answering(500, Map.of(), "{}")) {
			this.contextRunner.withPropertyValues(ENABLED)
				.withBean("main", ReactiveKintoTemplate.class, () -> ReactiveKintoTemplate.builder(one.url()).build())
				.withBean("archive", ReactiveKintoTemplate.class,
						() -> ReactiveKintoTemplate.builder(other.url()).build())
				.withBean("broken", ReactiveKintoTemplate.class,
						() -> ReactiveKintoTemplate.builder(failing.url()).build())
				.run((context) -> {
					assertThat(info(context)).containsOnlyKeys("main", "archive");
					assertThat(info(context)).extractingByKey("main", InstanceOfAssertFactories.MAP)
						.containsEntry("version", "26.2.1");
					assertThat(info(context)).extractingByKey("archive", InstanceOfAssertFactories.MAP)
						.containsEntry("version", "18.0");
				});
		}
	}

	@Test
	void isAbsentWithoutReactiveTemplate() {
		this.contextRunner.withPropertyValues(ENABLED)
			.withBean(KintoTemplate.class, () -> KintoTemplate.builder("http://localhost:1/v1").build())
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(KintoInfoContributor.class));
	}

	private static Map<String, Object> info(ApplicationContext context) {
		@SuppressWarnings("unchecked")
		Map<String, Object> kinto = (Map<String, Object>) build(context).getDetails().get("kinto");
		return kinto;
	}

	private static Info build(ApplicationContext context) {
		Info.Builder builder = new Info.Builder();
		context.getBean(KintoInfoContributor.class).contribute(builder);
		return builder.build();
	}

}
