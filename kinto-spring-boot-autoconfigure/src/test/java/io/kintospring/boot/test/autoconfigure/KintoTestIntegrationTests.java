package io.kintospring.boot.test.autoconfigure;

import java.util.Map;

import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

@KintoTest(properties = { "kinto.url=https://${NOT_THERE}/v1", "kinto.required-capabilities=signer" })
class KintoTestIntegrationTests {

	@Autowired
	private KintoTemplate kinto;

	@Autowired
	private EmbeddedKintoServer server;

	@RepeatedTest(2)
	void startsEachTestWithAnEmptyServer() {
		assertThat(this.kinto.buckets().list().data()).isEmpty();
		this.kinto.buckets().create("blog", Map.of());
	}

	@Test
	void usesTheEmbeddedServerInsteadOfTheUrl() {
		assertThat(this.kinto.server()).isEqualTo(this.server.url());
	}

	@Test
	void doesNotCheckRequiredCapabilities() {
		assertThat(this.kinto.fetchServerInfo().capabilities()).isNotEmpty().doesNotContainKey("signer");
	}

	@Test
	void excludesComponentsOfTheApplication(@Autowired ApplicationContext context) {
		assertThat(context.getBeanProvider(SomeComponent.class)).isEmpty();
	}

	@SpringBootApplication
	static class Application {

	}

	@Component
	static class SomeComponent {

	}

}
