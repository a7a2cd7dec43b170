package io.kintospring.boot.autoconfigure.capability;

import java.util.List;

import io.kintospring.KintoObject;
import io.kintospring.boot.StubServer;
import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.embedded.EmbeddedKintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.initialization.KintoInitializationAutoConfiguration;
import io.kintospring.boot.initialization.KintoDefinition;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveKintoTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class KintoRequiredCapabilitiesAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EmbeddedKintoAutoConfiguration.class, KintoAutoConfiguration.class,
				KintoRequiredCapabilitiesAutoConfiguration.class))
		.withPropertyValues("kinto.username=u5er", "kinto.password=s3cr3t");

	@ParameterizedTest
	@ValueSource(strings = { "", " , ", "history", "history, default_bucket" })
	void startsIfTheServerHasTheCapabilities(String required) {
		this.contextRunner.withPropertyValues("kinto.required-capabilities=" + required)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void sendsNoRequestByDefault() {
		try (StubServer server = StubServer.answeringHello()) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url())
				.run((context) -> assertThat(server.requests()).isZero());
		}
	}

	@Test
	void failsWithAdviceForEachMissingCapability() {
		try (StubServer server = StubServer.answeringHello()) {
			this.contextRunner
				.withPropertyValues("kinto.url=" + server.url(), "kinto.required-capabilities=history, signer")
				.run((context) -> {
					FailureAnalysis analysis = analyze(context);
					assertThat(analysis.getDescription()).contains("kinto.required-capabilities", "The Kinto server at "
							+ server.url() + " (client 'kinto') lacks history, signer. It has no capabilities.");
					assertThat(analysis.getAction()).contains(
							"Enable history on the server: add kinto.plugins.history to kinto.includes in its settings.",
							"Enable signer on the server: see the documentation of its plugin.",
							"Otherwise, remove signer from kinto.required-capabilities.");
				});
		}
	}

	@Test
	void namesOnlyWhatIsMissing() {
		this.contextRunner.withPropertyValues("kinto.required-capabilities=history, signer").run((context) -> {
			FailureAnalysis analysis = analyze(context);
			assertThat(analysis.getDescription()).contains("lacks signer. It has ", "default_bucket");
			assertThat(analysis.getAction()).doesNotContain("history");
		});
	}

	@Test
	void failsWithTheReasonIfTheServerIsUnreachable() {
		this.contextRunner
			.withPropertyValues("kinto.url=http://127.0.0.1:1/v1", "kinto.required-capabilities=history",
					"kinto.headers.X-Key=h3ader")
			.run((context) -> {
				FailureAnalysis analysis = analyze(context);
				assertThat(analysis.getDescription()).contains("http://127.0.0.1:1/v1",
						"did not report its capabilities", "Connection refused");
				assertThat(analysis.getAction()).contains("Check that the server runs");
				assertThat(context.getStartupFailure()).hasStackTraceContaining("Connection refused");
				assertThat(analysis.getDescription() + analysis.getAction() + context.getStartupFailure())
					.doesNotContain("u5er", "s3cr3t", "h3ader");
			});
	}

	@Test
	void checksEachTemplateByName() {
		try (StubServer poor = StubServer.answeringHello(); StubServer poorer = StubServer.answeringHello()) {
			this.contextRunner.withPropertyValues("kinto.required-capabilities=history")
				.withBean("main", ReactiveKintoTemplate.class, () -> ReactiveKintoTemplate.builder(poor.url()).build())
				.withBean("archive", ReactiveKintoTemplate.class,
						() -> ReactiveKintoTemplate.builder(poorer.url()).build())
				.run((context) -> {
					FailureAnalysis analysis = analyze(context);
					assertThat(analysis.getDescription()).contains(poor.url() + " (client 'main')",
							poorer.url() + " (client 'archive')");
					assertThat(analysis.getAction()).containsOnlyOnce("Enable history");
				});
		}
	}

	@Test
	void checksNamedClients() {
		try (StubServer poor = StubServer.answeringHello()) {
			this.contextRunner
				.withPropertyValues("kinto.required-capabilities=history", "kinto.clients.audit.url=" + poor.url())
				.run((context) -> assertThat(analyze(context).getDescription())
					.contains(poor.url() + " (client 'audit') lacks history")
					.doesNotContain("(client 'kinto')"));
		}
	}

	@Test
	void nothingIsWrittenIfACapabilityIsMissing() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			ApplicationContextRunner initialized = this.contextRunner
				.withConfiguration(AutoConfigurations.of(KintoInitializationAutoConfiguration.class))
				.withUserConfiguration(Writes.class)
				.withPropertyValues("kinto.url=" + server.url(), "kinto.initialize=always");
			initialized.withPropertyValues("kinto.required-capabilities=signer").run((context) -> {
				assertThat(analyze(context).getDescription()).contains("lacks signer");
				assertThat(buckets(server)).isEmpty();
			});
			initialized.withPropertyValues("kinto.required-capabilities=history").run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(buckets(server)).containsExactlyInAnyOrder("defined", "written");
			});
		}
	}

	private static List<String> buckets(EmbeddedKintoServer server) {
		try (KintoTemplate kinto = KintoTemplate.builder(server.url())
			.authentication(KintoAuthentication.basic("u5er", "s3cr3t"))
			.build()) {
			return kinto.buckets().stream().map(KintoObject::id).toList();
		}
	}

	@Test
	void templateThatIsNoAutowireCandidateIsNotChecked() {
		try (StubServer poor = StubServer.answeringHello()) {
			this.contextRunner.withPropertyValues("kinto.required-capabilities=history")
				.withBean("archive", ReactiveKintoTemplate.class,
						() -> ReactiveKintoTemplate.builder(poor.url()).build(),
						(definition) -> definition.setAutowireCandidate(false))
				.run((context) -> assertThat(context).hasNotFailed().hasBean("reactiveKintoTemplate"));
		}
	}

	@Test
	void failsIfNoServerCanBeChecked() {
		this.contextRunner.withPropertyValues("kinto.required-capabilities=history")
			.withBean(KintoTemplate.class, () -> KintoTemplate.builder("http://localhost:1/v1").build())
			.run((context) -> {
				assertThat(analyze(context).getDescription()).contains("No ReactiveKintoTemplate bean is defined");
				assertThat(analyze(context).getAction()).contains("Define a ReactiveKintoTemplate bean");
			});
	}

	@Test
	void lazyInitializationDoesNotSkipTheCheck(CapturedOutput output) {
		try (StubServer server = StubServer.answeringHello()) {
			SpringApplication application = new SpringApplication(Application.class);
			application.setLazyInitialization(true);
			assertThatExceptionOfType(BeanCreationException.class)
				.isThrownBy(() -> application.run("--kinto.url=" + server.url(),
						"--kinto.required-capabilities=history", "--spring.main.web-application-type=none"))
				.withRootCauseInstanceOf(RequiredCapabilitiesException.class);
			assertThat(output).contains("APPLICATION FAILED TO START", "lacks history");
		}
	}

	private static FailureAnalysis analyze(AssertableApplicationContext context) {
		assertThat(context).hasFailed();
		FailureAnalysis analysis = new RequiredCapabilitiesFailureAnalyzer().analyze(context.getStartupFailure());
		assertThat(analysis).isNotNull();
		return analysis;
	}

	@Configuration(proxyBeanMethods = false)
	static class Writes {

		@Bean
		@DependsOn("kintoInitialization")
		Object writer(KintoTemplate kinto) {
			return kinto.buckets().create("written");
		}

		@Bean
		KintoDefinition definition() {
			return KintoDefinition.of().bucket("defined", (bucket) -> bucket);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ KintoAutoConfiguration.class, KintoRequiredCapabilitiesAutoConfiguration.class })
	static class Application {

	}

}
