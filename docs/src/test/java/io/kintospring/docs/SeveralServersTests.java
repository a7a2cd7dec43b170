package io.kintospring.docs;

import io.kintospring.client.KintoAuthentication;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class SeveralServersTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withPropertyValues("kinto.username=alice", "kinto.password=secret", "kinto.headers.X-Tenant=a");

	@Test
	void qualifierSelectsTheServer() {
		try (EmbeddedKintoServer audit = EmbeddedKintoServer.builder().start()) {
			this.contextRunner.withUserConfiguration(NamedClient.class)
				.withPropertyValues("kinto.clients.audit.url=" + audit.url(), "kinto.clients.audit.username=log",
						"kinto.clients.audit.password=secret")
				.run((context) -> {
					context.getBean(Orders.class).place(new Orders.Order("book"));
					KintoTemplate kinto = context.getBean(KintoTemplate.class);
					KintoTemplate log = context.getBean("auditKintoTemplate", KintoTemplate.class);
					assertThat(kinto.server()).isEqualTo(context.getBean(EmbeddedKintoServer.class).url());
					assertThat(kinto.bucket().collection("orders", Orders.Order.class).list().data()).hasSize(1);
					assertThat(log.server()).isEqualTo(audit.url());
					assertThat(log.bucket().collection("orders", Orders.Entry.class).list().data()).singleElement()
						.satisfies((entry) -> assertThat(entry.data().text()).isEqualTo("book"));
				});
		}
	}

	@Test
	void authenticationWithTheQualifierIsForTheNamedClient() {
		try (LoopbackServer primary = LoopbackServer.ofHello(); LoopbackServer audit = LoopbackServer.ofHello()) {
			this.contextRunner.withUserConfiguration(Authentication.class)
				.withBean(TokenService.class, () -> () -> Mono.just("t0k3n"))
				.withPropertyValues("kinto.url=" + primary.url() + "/v1",
						"kinto.clients.audit.url=" + audit.url() + "/v1")
				.run((context) -> {
					context.getBean(KintoTemplate.class).fetchServerInfo();
					context.getBean("auditKintoTemplate", KintoTemplate.class).fetchServerInfo();
				});
			assertThat(primary.requests()).singleElement()
				.satisfies((request) -> assertThat(request.header("Authorization")).startsWith("Basic "));
			assertThat(audit.requests()).singleElement()
				.satisfies((request) -> assertThat(request.header("Authorization")).isEqualTo("Bearer t0k3n"));
		}
	}

	@Test
	void secondTemplateIsABeanBesideThePrimaryOne() {
		try (LoopbackServer primary = LoopbackServer.ofHello(); LoopbackServer archive = LoopbackServer.ofHello()) {
			this.contextRunner.withUserConfiguration(SecondTemplate.class)
				.withBean(ArchiveSettings.class, () -> new ArchiveSettings(archive.url() + "/v1", "t0k3n"))
				.withPropertyValues("kinto.url=" + primary.url() + "/v1")
				.run((context) -> {
					assertThat(context).hasNotFailed();
					context.getBean(Templates.class).kinto().fetchServerInfo();
					context.getBean(Templates.class).archive().fetchServerInfo();
				});
			assertThat(primary.requests()).singleElement()
				.satisfies((request) -> assertThat(request.header("X-Tenant")).isEqualTo("a"));
			assertThat(archive.requests()).singleElement().satisfies((request) -> {
				assertThat(request.header("Authorization")).isEqualTo("Bearer t0k3n");
				assertThat(request.header("X-Tenant")).isNull();
			});
		}
	}

	record ArchiveSettings(String url, String token) {
	}

	record Templates(KintoTemplate kinto, KintoTemplate archive) {
	}

	interface TokenService {

		Mono<String> current();

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Orders.class)
	static class NamedClient {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Authentication {

		@Bean(defaultCandidate = false)
		@Qualifier("audit")
		KintoAuthentication auditAuthentication(TokenService tokens) {
			return () -> tokens.current().map((token) -> "Bearer " + token);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class SecondTemplate {

		@Bean(defaultCandidate = false)
		@Qualifier("archive")
		KintoTemplate archive(KintoTemplate kinto, ArchiveSettings settings) {
			return kinto.mutate()
				.url(settings.url())
				.authentication(KintoAuthentication.bearer(settings.token()))
				.build();
		}

		@Bean
		Templates templates(KintoTemplate kinto, @Qualifier("archive") KintoTemplate archive) {
			return new Templates(kinto, archive);
		}

	}

}
