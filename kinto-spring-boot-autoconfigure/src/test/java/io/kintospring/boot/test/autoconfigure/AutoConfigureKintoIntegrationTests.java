package io.kintospring.boot.test.autoconfigure;

import java.util.List;
import java.util.Map;

import io.kintospring.boot.autoconfigure.KintoConnectionDetails;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class AutoConfigureKintoIntegrationTests {

	@Nested
	@SpringBootTest(classes = Application.class, properties = "kinto.url=http://production.example.com/v1")
	@AutoConfigureKinto
	class WithAnApplication {

		@BeforeEach
		void createBucket(@Autowired KintoTemplate kinto) {
			kinto.buckets().create("blog", Map.of());
		}

		@RepeatedTest(2)
		void flushesTheServerBeforeSetUpMethods(@Autowired KintoTemplate kinto, @Autowired EmbeddedKintoServer server) {
			assertThat(kinto.server()).isEqualTo(server.url());
			assertThat(kinto.buckets().list().data()).hasSize(1);
			server.faults().fail(1, (requests) -> requests, 503);
		}

	}

	@Nested
	@SpringBootTest(classes = Application.class, properties = "kinto.url=https://${NOT_THERE}/v1")
	@AutoConfigureKinto
	class WithAnUnresolvableUrl {

		@Test
		void usesTheEmbeddedServer(@Autowired KintoTemplate kinto, @Autowired EmbeddedKintoServer server) {
			assertThat(kinto.server()).isEqualTo(server.url());
		}

	}

	@Nested
	@SpringBootTest(classes = { Application.class, OwnServerConfiguration.class })
	@AutoConfigureKinto
	class WithConnectionDetails {

		@Test
		void usesTheConnectionDetails(@Autowired KintoTemplate kinto, @Autowired ApplicationContext context) {
			assertThat(kinto.server()).isEqualTo("http://localhost:1/v1");
			assertThat(context.getBeanProvider(EmbeddedKintoServer.class)).isEmpty();
		}

	}

	@Nested
	@SpringBootTest(classes = Application.class,
			properties = { "kinto.url=http://production.example.com/v1",
					"kinto.clients.audit.url=http://audit.example.com/v1", "kinto.clients.archive.bucket=a" })
	@AutoConfigureKinto
	class WithNamedClients {

		@BeforeEach
		void createBucket(@Autowired @Qualifier("audit") KintoTemplate audit) {
			audit.buckets().create("blog", Map.of());
		}

		@RepeatedTest(2)
		void eachClientHasAServerThatIsFlushed(@Autowired KintoTemplate kinto, @Autowired EmbeddedKintoServer server,
				@Autowired @Qualifier("audit") KintoTemplate audit,
				@Autowired @Qualifier("audit") EmbeddedKintoServer auditServer,
				@Autowired @Qualifier("archive") KintoTemplate archive) {
			assertThat(kinto.server()).isEqualTo(server.url());
			assertThat(audit.server()).isEqualTo(auditServer.url());
			assertThat(List.of(kinto.server(), audit.server(), archive.server())).doesNotHaveDuplicates();
			assertThat(kinto.buckets().list().data()).isEmpty();
			assertThat(audit.buckets().list().data()).hasSize(1);
		}

	}

	@Nested
	@SpringBootTest(classes = { Application.class, OwnServerConfiguration.class, OwnAuditServerConfiguration.class },
			properties = { "kinto.clients.audit.bucket=a", "kinto.clients.archive.url=http://archive.example.com/v1" })
	@AutoConfigureKinto
	class WithConnectionDetailsOfNamedClients {

		@Test
		void usesTheConnectionDetails(@Autowired KintoTemplate kinto,
				@Autowired @Qualifier("audit") KintoTemplate audit,
				@Autowired @Qualifier("archive") KintoTemplate archive, @Autowired ApplicationContext context) {
			assertThat(kinto.server()).isEqualTo("http://localhost:1/v1");
			assertThat(audit.server()).isEqualTo("http://localhost:2/v1");
			assertThat(context.getBeanProvider(EmbeddedKintoServer.class).stream().map(EmbeddedKintoServer::url))
				.containsExactly(archive.server());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnAuditServerConfiguration {

		@Bean(defaultCandidate = false)
		@Qualifier("audit")
		KintoConnectionDetails auditConnectionDetails() {
			return () -> "http://localhost:2/v1";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnServerConfiguration {

		@Bean
		KintoConnectionDetails ownConnectionDetails() {
			return () -> "http://localhost:1/v1";
		}

	}

}
