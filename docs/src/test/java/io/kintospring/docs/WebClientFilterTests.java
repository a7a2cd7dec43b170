package io.kintospring.docs;

import java.util.UUID;

import io.kintospring.boot.autoconfigure.KintoWebClientCustomizer;
import io.kintospring.template.KintoTemplate;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class WebClientFilterTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withUserConfiguration(Application.class);

	@Test
	void webClientCustomizerIsForAllAndKintoWebClientCustomizerForKinto(CapturedOutput output) {
		try (LoopbackServer server = LoopbackServer.ofHello()) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url() + "/v1").run((context) -> {
				context.getBean(KintoTemplate.class).fetchServerInfo();
				WebClient other = context.getBean(WebClient.Builder.class).build();
				other.get().uri(server.url() + "/other").retrieve().toBodilessEntity().block();
			});
			assertThat(server.requests()).hasSize(2)
				.extracting((request) -> request.header("X-Correlation-Id"))
				.doesNotContainNull()
				.doesNotHaveDuplicates();
			assertThat(output).contains("GET /v1/ -> 200").doesNotContain("/other ->");
		}
	}

	@Test
	void filterMayReplaceTheResponse() {
		try (LoopbackServer server = LoopbackServer.ofHello()) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url() + "/v1")
				.withBean("replacing", KintoWebClientCustomizer.class, () -> (builder) -> builder
					.filter((request, next) -> next.exchange(request)
						.map((response) -> response.mutate().body((body) -> body).header("X-Replaced", "yes").build())))
				.run((context) -> assertThat(context.getBean(KintoTemplate.class).fetchServerInfo().projectName())
					.isEqualTo("kinto"));
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		private static final Log logger = LogFactory.getLog(Application.class);

		@Bean
		WebClientCustomizer correlationId() {
			return (builder) -> builder.filter((request, next) -> next.exchange(
					ClientRequest.from(request).header("X-Correlation-Id", UUID.randomUUID().toString()).build()));
		}

		@Bean
		KintoWebClientCustomizer kintoRequestLog() {
			return (builder) -> builder.filter((request, next) -> next.exchange(request)
				.doOnNext((response) -> logger
					.info(request.method() + " " + request.url().getPath() + " -> " + response.statusCode().value())));
		}

	}

}
