package io.kintospring.boot.testcontainers;

import io.kintospring.KintoObject;
import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.KintoConnectionDetails;
import io.kintospring.boot.autoconfigure.embedded.EmbeddedKintoAutoConfiguration;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.embedded.junit.EmbeddedKinto;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsNotFoundException;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.lifecycle.TestcontainersLifecycleApplicationContextInitializer;
import org.springframework.boot.testcontainers.service.connection.PemTrustStore;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KintoContainerConnectionDetailsFactory} without a container engine.
 */
@EmbeddedKinto(settings = "multiauth.policies=account")
class KintoContainerConnectionDetailsFactoryTests {

	private static EmbeddedKintoServer server;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withInitializer(new TestcontainersLifecycleApplicationContextInitializer())
		.withConfiguration(AutoConfigurations.of(ServiceConnectionAutoConfiguration.class, SslAutoConfiguration.class,
				WebClientAutoConfiguration.class, EmbeddedKintoAutoConfiguration.class, KintoAutoConfiguration.class));

	@BeforeEach
	void use(EmbeddedKintoServer server) {
		KintoContainerConnectionDetailsFactoryTests.server = server;
	}

	@Test
	void templateUsesTheServerAndTheAccountOfAKintoContainer() {
		this.contextRunner.withPropertyValues("kinto.url=http://localhost:1/v1")
			.withUserConfiguration(KintoContainerConfiguration.class)
			.run((context) -> {
				assertThat(context).doesNotHaveBean(EmbeddedKintoServer.class);
				KintoConnectionDetails details = context.getBean(KintoConnectionDetails.class);
				assertThat(details.getUrl()).isEqualTo(server.url());
				assertThat(details.getUsername()).isEqualTo("ann");
				assertThat(details.getPassword()).isEqualTo("secret");
				assertThat(details.getSslBundle()).isNull();
				KintoTemplate kinto = context.getBean(KintoTemplate.class);
				assertThat(kinto.fetchUser()).get().extracting("id").isEqualTo("account:ann");
				kinto.buckets().create("blog");
				assertThat(kinto.buckets().list().data()).extracting(KintoObject::id).contains("blog");
			});
	}

	@Test
	void serviceConnectionIsThatOfThePrimaryClientEvenIfOnlyNamedClientsAreConfigured() {
		ApplicationContextRunner runner = this.contextRunner.withUserConfiguration(KintoContainerConfiguration.class);
		runner.withPropertyValues("kinto.clients.audit.url=http://localhost:2/v1").run((context) -> {
			assertThat(context.getBean(KintoTemplate.class).server()).isEqualTo(server.url());
			assertThat(context.getBean("auditKintoTemplate", KintoTemplate.class).server())
				.isEqualTo("http://localhost:2/v1");
		});
		runner.withPropertyValues("kinto.clients.audit.bucket=log")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("kinto.clients.audit.url is not set"));
	}

	@Test
	void containerAndItsDatabaseAreStartedByTheContext() {
		this.contextRunner.withUserConfiguration(PostgresConfiguration.class).run((context) -> {
			assertThat(context.getBean(StubPostgresContainer.class).getContainerId()).isNotNull();
			assertThat(context.getBean(KintoTemplate.class).fetchUser()).isPresent();
		});
	}

	@Test
	void genericContainerIsAcceptedByName() {
		this.contextRunner.withUserConfiguration(NamedContainerConfiguration.class).run((context) -> {
			KintoConnectionDetails details = context.getBean(KintoConnectionDetails.class);
			assertThat(details.getUrl()).isEqualTo("http://kinto.test:18888/v1");
			assertThat(details.getUsername()).isEqualTo("bob");
			assertThat(details.getPassword()).isEqualTo("hidden");
		});
	}

	@Test
	void incompleteCredentialsOfAContainerAreReportedWithoutTheirValue() {
		this.contextRunner.withUserConfiguration(IncompleteContainerConfiguration.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("contain a username, but no password")
				.hasMessageNotContaining("b0b"));
	}

	@Test
	void genericContainerOfAnotherNameIsNotAccepted() {
		this.contextRunner.withUserConfiguration(OtherContainerConfiguration.class)
			.run((context) -> assertThat(context).getFailure()

				.isInstanceOf(ConnectionDetailsNotFoundException.class));
	}

	@Test
	void trustedCertificateEnablesHttps() {
		this.contextRunner.withUserConfiguration(SslContainerConfiguration.class).run((context) -> {
			KintoConnectionDetails details = context.getBean(KintoConnectionDetails.class);
			assertThat(details.getUrl()).isEqualTo("https://kinto.test:18888/v1");
			SslBundle bundle = details.getSslBundle();
			assertThat(bundle).isNotNull();
			assertThat(bundle.getStores().getTrustStore().size()).isEqualTo(1);
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class KintoContainerConfiguration {

		@Bean
		@ServiceConnection
		KintoContainer kintoContainer() {
			return new StubKintoContainer(server).withUsername("ann").withPassword("secret");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PostgresConfiguration {

		@Bean
		StubPostgresContainer postgresContainer() {
			return new StubPostgresContainer();
		}

		@Bean
		@ServiceConnection
		KintoContainer kintoContainer(StubPostgresContainer postgres) {
			return new StubKintoContainer(server).withPostgres(postgres);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NamedContainerConfiguration {

		@Bean
		@ServiceConnection(name = "kinto/kinto-server")
		GenericContainer<?> kintoContainer() {
			return new StubGenericContainer().withEnv("KINTO_USERNAME", "bob").withEnv("KINTO_PASSWORD", "hidden");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class IncompleteContainerConfiguration {

		@Bean
		@ServiceConnection(name = "kinto/kinto-server")
		GenericContainer<?> kintoContainer() {
			return new StubGenericContainer().withEnv("KINTO_USERNAME", "b0b").withEnv("KINTO_PASSWORD", "");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherContainerConfiguration {

		@Bean
		@ServiceConnection(name = "kinto/other")
		GenericContainer<?> otherContainer() {
			return new StubGenericContainer();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SslContainerConfiguration {

		@Bean
		@ServiceConnection(name = "kinto/kinto-server")
		@PemTrustStore(certificate = """
				-----BEGIN CERTIFICATE-----
				MIIBOTCB4KADAgECAgkAoR+3W/raPYQwCgYIKoZIzj0EAwIwEDEOMAwGA1UEAxMF
				a2ludG8wIBcNMjYxMTI5MTEwNzA3WhgPMjEyNjExMDUxMTA3MDdaMBAxDjAMBgNV
				BAMTBWtpbnRvMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEiIC+N3yLxsc9nSCa
				1rLQr1P0JnwjWbo06ELMhcEkaNFuvQMnl1adj7bzmquCJM3y0uofITUT1HSrRiv8
				ZfiSGaMhMB8wHQYDVR0OBBYEFAlxQ2+Q+SDh9PlCFq+U3qeKMCSgMAoGCCqGSM49
				BAMCA0gAMEUCIAxIs9xlyE8rQOR2qfCcacgdXy0BENli22ahxPycxahxAiEA99yy
				n39lW7HCvCGABD7TemaxE5ZFkCuuoZ2IT+q+vWU=
				-----END CERTIFICATE-----
				""")
		GenericContainer<?> kintoContainer() {
			return new StubGenericContainer();
		}

	}

	/**
	 * Container that requires no container engine and has no server.
	 */
	private static final class StubGenericContainer extends GenericContainer<StubGenericContainer> {

		private StubGenericContainer() {
			super("kinto/kinto-server:26.3.1");
		}

		@Override
		public void start() {
		}

		@Override
		public void stop() {
		}

		@Override
		public boolean isRunning() {
			return true;
		}

		@Override
		public String getHost() {
			return "kinto.test";
		}

		@Override
		public Integer getMappedPort(int port) {
			return port + 10_000;
		}

	}

}
