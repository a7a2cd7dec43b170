package io.kintospring.boot.docker.compose;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.KintoConnectionDetails;
import io.kintospring.client.KintoClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link KintoDockerComposeConnectionDetailsFactory} without Docker Compose.
 */
class KintoDockerComposeConnectionDetailsFactoryTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KintoAutoConfiguration.class));

	private final Map<String, String> labels = new HashMap<>();

	private final Map<String, @Nullable String> env = new HashMap<>();

	@ParameterizedTest
	@ValueSource(strings = { "kinto/kinto-server", "kinto/kinto-server:26.3.1", "docker.io/kinto/kinto-server:latest" })
	void serviceIsRecognizedByItsImage(String image) {
		KintoConnectionDetails details = kinto(image);
		assertThat(details.getUrl()).isEqualTo("http://kinto.test:18888/v1");
		assertThat(details.getUsername()).isNull();
		assertThat(details.getPassword()).isNull();
		assertThat(details.getSslBundle()).isNull();
	}

	@Test
	void serviceIsRecognizedByItsLabel() {
		this.labels.put("org.springframework.boot.service-connection", "kinto/kinto-server");
		assertThat(kinto("example.com/our-kinto:1").getUrl()).isEqualTo("http://kinto.test:18888/v1");
	}

	@Test
	void otherServicesAreIgnored() {
		assertThat(connectionDetails("kinto/other")).isEmpty();
		this.labels.put("org.springframework.boot.service-connection", "redis");
		assertThat(connectionDetails("kinto/kinto-server")).doesNotContainKey(KintoConnectionDetails.class);
	}

	@Test
	void credentialsAndPortComeFromTheEnvironment() {
		this.env.put("KINTO_USERNAME", "ann");
		this.env.put("KINTO_PASSWORD", "secret");
		this.env.put("PORT", "9000");
		KintoConnectionDetails details = kinto("kinto/kinto-server");
		assertThat(details.getUrl()).isEqualTo("http://kinto.test:19000/v1");
		assertThat(details.getUsername()).isEqualTo("ann");
		assertThat(details.getPassword()).isEqualTo("secret");
	}

	@Test
	void emptyVariablesCountAsNotSet() {
		this.env.put("KINTO_USERNAME", "");
		this.env.put("KINTO_PASSWORD", null);
		this.env.put("PORT", " ");
		KintoConnectionDetails details = kinto("kinto/kinto-server");
		assertThat(details.getUrl()).isEqualTo("http://kinto.test:18888/v1");
		this.contextRunner.withBean(KintoConnectionDetails.class, () -> details)
			.run((context) -> assertThat(context.getBean(KintoClient.class).state().authentication())
				.isEqualTo("none"));
	}

	@Test
	void incompleteCredentialsAreReportedWithoutTheirValue() {
		this.env.put("KINTO_PASSWORD", "secret");
		this.contextRunner.withBean(KintoConnectionDetails.class, () -> kinto("kinto/kinto-server"))
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("contain a password, but no username")
				.hasMessageNotContaining("secret"));
	}

	@Test
	void invalidPortIsReported() {
		this.env.put("PORT", "http");
		assertThatIllegalStateException().isThrownBy(() -> kinto("kinto/kinto-server"))
			.withMessage("PORT of the Kinto service of Docker Compose must be a number, but was 'http'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/kinto/v1", "kinto/v1" })
	void pathComesFromALabel(String path) {
		this.labels.put("io.kintospring.boot.path", path);
		assertThat(kinto("kinto/kinto-server").getUrl()).isEqualTo("http://kinto.test:18888/kinto/v1");
	}

	@Test
	void trustedCertificateEnablesHttps() {
		this.labels.put("org.springframework.boot.sslbundle.pem.truststore.certificate", """
				-----BEGIN CERTIFICATE-----
				MIIBOTCB4KADAgECAgkAoR+3W/raPYQwCgYIKoZIzj0EAwIwEDEOMAwGA1UEAxMF
				a2ludG8wIBcNMjYxMTI5MTEwNzA3WhgPMjEyNjExMDUxMTA3MDdaMBAxDjAMBgNV
				BAMTBWtpbnRvMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEiIC+N3yLxsc9nSCa
				1rLQr1P0JnwjWbo06ELMhcEkaNFuvQMnl1adj7bzmquCJM3y0uofITUT1HSrRiv8
				ZfiSGaMhMB8wHQYDVR0OBBYEFAlxQ2+Q+SDh9PlCFq+U3qeKMCSgMAoGCCqGSM49
				BAMCA0gAMEUCIAxIs9xlyE8rQOR2qfCcacgdXy0BENli22ahxPycxahxAiEA99yy
				n39lW7HCvCGABD7TemaxE5ZFkCuuoZ2IT+q+vWU=
				-----END CERTIFICATE-----
				""");
		KintoConnectionDetails details = kinto("kinto/kinto-server");
		assertThat(details.getUrl()).isEqualTo("https://kinto.test:18888/v1");
		SslBundle bundle = details.getSslBundle();
		assertThat(bundle).isNotNull();
		assertThat(bundle.getStores().getTrustStore()).isNotNull();
	}

	private KintoConnectionDetails kinto(String image) {
		ConnectionDetails details = connectionDetails(image).get(KintoConnectionDetails.class);
		assertThat(details).isInstanceOf(KintoConnectionDetails.class);
		return (KintoConnectionDetails) details;
	}

	private Map<Class<?>, ConnectionDetails> connectionDetails(String image) {
		DockerComposeConnectionSource source = mock(DockerComposeConnectionSource.class);
		given(source.getRunningService()).willReturn(new Service(ImageReference.of(image), this.labels, this.env));
		return new ConnectionDetailsFactories(null).getConnectionDetails(source, false);
	}

	private record Service(ImageReference image, Map<String, String> labels,
			Map<String, @Nullable String> env) implements RunningService {

		@Override
		public String name() {
			return "kinto";
		}

		@Override
		public String host() {
			return "kinto.test";
		}

		@Override
		public ConnectionPorts ports() {
			return new Ports();
		}

	}

	/**
	 * Mapping of each port of the container to a port of the host that is 10,000 higher.
	 */
	private static final class Ports implements ConnectionPorts {

		@Override
		public int get(int containerPort) {
			return containerPort + 10_000;
		}

		@Override
		public List<Integer> getAll() {
			return List.of();
		}

		@Override
		public List<Integer> getAll(@Nullable String protocol) {
			return List.of();
		}

	}

}
