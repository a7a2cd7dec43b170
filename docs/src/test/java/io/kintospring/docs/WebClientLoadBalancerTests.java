package io.kintospring.docs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kintospring.KintoAttachment;
import io.kintospring.KintoObject;
import io.kintospring.KintoUnavailableException;
import io.kintospring.boot.autoconfigure.KintoWebClientCustomizer;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.client.loadbalancer.reactive.LoadBalancedExchangeFilterFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the load balancer: one Kinto with two addresses, which reports the address of
 * each request.
 */
@Timeout(60)
class WebClientLoadBalancerTests {

	private static final List<URI> SENT = new CopyOnWriteArrayList<>();

	private final LoopbackServer files = new LoopbackServer((request) -> new LoopbackServer.Response(200, "hello"));

	@AfterEach
	void close() {
		this.files.close();
		SENT.clear();
	}

	private interface Use {

		void accept(CollectionOperations<Map<String, Object>> notes) throws Exception;

	}

	private void use(Class<?> configuration, Map<String, String> settings, Use use) {
		EmbeddedKintoServer.Builder builder = EmbeddedKintoServer.builder();
		settings.forEach(builder::setting);
		try (EmbeddedKintoServer server = builder.start();
				LoopbackTunnel first = LoopbackTunnel.to(server.url());
				LoopbackTunnel second = LoopbackTunnel.to(server.url())) {
			contextRunner(configuration)
				.withPropertyValues(
						"spring.cloud.discovery.client.simple.instances.kinto[0].uri=http://127.0.0.1:" + first.port(),
						"spring.cloud.discovery.client.simple.instances.kinto[1].uri=http://127.0.0.1:" + second.port(),
						"kinto.username=ann", "kinto.password=secret")
				.run((context) -> use.accept(context.getBean(KintoTemplate.class).bucket().collection("notes")));
		}
	}

	private static ApplicationContextRunner contextRunner(Class<?> configuration) {
		return new ApplicationContextRunner()
			.withUserConfiguration(Application.class, configuration, RecordingConfiguration.class)
			.withPropertyValues(Page.named("webclient.md")
				.properties("spring.cloud.discovery.client.simple.instances.kinto[0].uri"));
	}

	@ParameterizedTest
	@ValueSource(classes = { FilterConfiguration.class, BuilderConfiguration.class })
	void requestsAndPagesAreDistributed(Class<?> configuration) {
		use(configuration, Map.of(), (notes) -> {
			for (int i = 0; i < 8; i++) {
				notes.create("n" + i, Map.of("i", i));
			}
			SENT.clear();
			assertThat(notes.stream((query) -> query.sort("i").limit(2)).map(KintoObject::id)).containsExactly("n0",
					"n1", "n2", "n3", "n4", "n5", "n6", "n7");
			assertThat(SENT).hasSizeGreaterThanOrEqualTo(4)
				.allMatch((uri) -> uri.getPath().equals("/v1/buckets/default/collections/notes/records"));
			assertThat(SENT.stream().map(URI::getPort).distinct()).hasSize(2);
		});
	}

	@Test
	void fileIsDownloadedFromTheAddressThatAllInstancesName() {
		use(FilterConfiguration.class, Map.of("attachment.base_url", this.files.url() + "/files/"), (notes) -> {
			KintoAttachment attachment = upload(notes);
			SENT.clear();
			assertThat(read(notes, attachment)).isEqualTo("hello");
			assertThat(SENT).isEmpty();
			assertThat(this.files.requests()).hasSize(1);
		});
	}

	@Test
	void fileIsRefusedWhereEachInstanceNamesItself() {
		use(FilterConfiguration.class, Map.of("attachment.extensions", "any"), (notes) -> {
			KintoAttachment attachment = upload(notes);
			assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> read(notes, attachment))
				.withMessageContaining("is not below the base URL of the server's files");
		});
	}

	private static KintoAttachment upload(CollectionOperations<Map<String, Object>> notes) {
		notes.create("n", Map.of());
		return notes.attachments()
			.add("n", new ByteArrayResource("hello".getBytes(StandardCharsets.UTF_8)),
					(upload) -> upload.filename("a.txt"));
	}

	private static String read(CollectionOperations<?> notes, KintoAttachment attachment) throws IOException {
		try (InputStream file = notes.attachments().download(attachment)) {
			return new String(file.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	@Test
	void serviceWithoutAnInstanceIsUnavailable() {
		contextRunner(FilterConfiguration.class).withPropertyValues("kinto.url=http://other/v1")
			.run((context) -> unavailable(context.getBean(KintoTemplate.class)));
	}

	@Test
	void embeddedServerIsNoService() {
		new ApplicationContextRunner()
			.withUserConfiguration(Application.class, FilterConfiguration.class, RecordingConfiguration.class)
			.run((context) -> unavailable(context.getBean(KintoTemplate.class)));
	}

	private static void unavailable(KintoTemplate kinto) {
		assertThatExceptionOfType(KintoUnavailableException.class).isThrownBy(kinto::fetchServerInfo)
			.withMessageContaining("503");
		assertThat(SENT).isEmpty();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	/**
	 * After the load balancer.
	 */
	@Configuration(proxyBeanMethods = false)
	static class RecordingConfiguration {

		@Bean
		KintoWebClientCustomizer recording() {
			return (builder) -> builder.filter((request, next) -> {
				SENT.add(request.url());
				return next.exchange(request);
			});
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FilterConfiguration {

		@Bean
		KintoWebClientCustomizer kintoLoadBalancer(LoadBalancedExchangeFilterFunction loadBalancer) {
			return (builder) -> builder.filter(loadBalancer);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BuilderConfiguration {

		@Bean
		@LoadBalanced
		WebClient.Builder loadBalancedWebClientBuilder() {
			return WebClient.builder();
		}

	}

}
