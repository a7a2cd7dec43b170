package io.kintospring.boot.autoconfigure;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.kintospring.KintoAttachment;
import io.kintospring.KintoNotSentException;
import io.kintospring.KintoSignal;
import io.kintospring.KintoTransportException;
import io.kintospring.boot.StubServer;
import io.kintospring.boot.TunnelProxy;
import io.kintospring.boot.autoconfigure.embedded.EmbeddedKintoAutoConfiguration;
import io.kintospring.boot.event.KintoEvent;
import io.kintospring.boot.health.KintoHealthIndicator;
import io.kintospring.client.KintoClient;
import io.kintospring.client.KintoTransport;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveKintoTemplate;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.netty.resolver.NoopAddressResolverGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.netty.transport.ProxyProvider;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.WebClientObservationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the {@code WebClient} configuration of an application and its effect on
 * Kinto.
 */
@Timeout(30)
class WebClientTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HttpClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, WebClientAutoConfiguration.class,
				WebClientObservationAutoConfiguration.class, ObservationAutoConfiguration.class,
				KintoAutoConfiguration.class, EmbeddedKintoAutoConfiguration.class));

	@Test
	void customizersOfTheApplicationAndOfKintoApplyInTheirOrder() {
		try (StubServer server = StubServer.answeringHello()) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url())
				.withUserConfiguration(CustomizersConfiguration.class)
				.run((context) -> {
					context.getBean(KintoTemplate.class).fetchServerInfo();
					StubServer.Request request = server.takeRequest();
					assertThat(request.header("X-application")).isEqualTo("yes");
					assertThat(request.header("X-filter")).isEqualTo("yes");
					assertThat(request.header("X-last")).isEqualTo("second");
				});
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class CustomizersConfiguration {

		@Bean
		WebClientCustomizer applicationCustomizer() {
			return (builder) -> builder.defaultHeader("X-Application", "yes").defaultHeader("X-Last", "application");
		}

		@Bean
		@Order(2)
		KintoWebClientCustomizer second() {
			return (builder) -> builder.defaultHeader("X-Last", "second");
		}

		@Bean
		@Order(1)
		KintoWebClientCustomizer first() {
			return (builder) -> builder.defaultHeader("X-Last", "first")
				.filter((request, next) -> next
					.exchange(ClientRequest.from(request).header("X-Filter", "yes").build()));
		}

	}

	/**
	 * Kinto must not modify a singleton builder.
	 */
	@Test
	void builderOfTheApplicationIsClonedAndNotModified() {
		try (StubServer server = StubServer.answeringHello()) {
			WebClient.Builder own = WebClient.builder().defaultHeader("X-Own", "yes");
			this.contextRunner
				.withPropertyValues("kinto.url=" + server.url(), "kinto.username=alice", "kinto.password=x")
				.withBean(WebClient.Builder.class, () -> own)
				.withBean(KintoWebClientCustomizer.class, () -> (builder) -> builder.defaultHeader("X-Kinto", "yes"))
				.run((context) -> {
					context.getBean(KintoTemplate.class).fetchServerInfo();
					assertThat(server.takeRequest().header("X-own")).isEqualTo("yes");
					own.build().get().uri(server.url()).retrieve().toBodilessEntity().block();
					StubServer.Request request = server.takeRequest();
					assertThat(request.headers()).doesNotContainKeys("X-kinto", "Authorization");
				});
		}
	}

	@Test
	void customizersApplyIfThereAreSeveralBuilders() {
		try (StubServer server = StubServer.answeringHello()) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url())
				.withBean("one", WebClient.Builder.class, () -> WebClient.builder().defaultHeader("X-One", "yes"))
				.withBean("two", WebClient.Builder.class, () -> WebClient.builder().defaultHeader("X-Two", "yes"))
				.withBean(WebClientCustomizer.class, () -> (builder) -> builder.defaultHeader("X-Application", "yes"))
				.run((context) -> {
					context.getBean(KintoTemplate.class).fetchServerInfo();
					StubServer.Request request = server.takeRequest();
					assertThat(request.headers()).containsKey("X-application").doesNotContainKeys("X-one", "X-two");
				});
		}
	}

	@Test
	void connectorBuilderCustomizersApply() {
		try (StubServer server = StubServer.answeringHello(); TunnelProxy proxy = new TunnelProxy(server.url())) {
			this.contextRunner.withUserConfiguration(ProxyConfiguration.class)
				.withPropertyValues("kinto.url=http://kinto.example.com/v1", "proxy.port=" + proxy.port())
				.run((context) -> {
					context.getBean(KintoTemplate.class).fetchServerInfo();
					assertThat(server.takeRequest().header("Host")).isEqualTo("kinto.example.com");
					assertThat(proxy.requests()).containsExactly("CONNECT kinto.example.com:80 HTTP/1.1");
				});
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class ProxyConfiguration {

		@Bean
		ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> proxy(
				@Value("${proxy.port}") int port) {
			return (builder) -> builder.withHttpClientCustomizer((client) -> client
				.proxy((proxy) -> proxy.type(ProxyProvider.Proxy.HTTP)
					.socketAddress(new InetSocketAddress("127.0.0.1", port)))
				.resolver(NoopAddressResolverGroup.INSTANCE));
		}

	}

	@Test
	void connectTimeoutDefaultsToThatOfTheApplicationOrTwoSeconds() {
		this.contextRunner.withPropertyValues("kinto.url=http://127.0.0.1:1/v1")
			.run((context) -> assertThat(settings(context)).isEqualTo(Duration.ofSeconds(2)));
		this.contextRunner
			.withPropertyValues("kinto.url=http://127.0.0.1:1/v1", "spring.http.clients.connect-timeout=7s")
			.run((context) -> assertThat(settings(context)).isEqualTo(Duration.ofSeconds(7)));
		this.contextRunner
			.withPropertyValues("kinto.url=http://127.0.0.1:1/v1", "spring.http.clients.connect-timeout=7s",
					"kinto.connect-timeout=9s")
			.run((context) -> assertThat(settings(context)).isEqualTo(Duration.ofSeconds(9)));
	}

	private static Duration settings(ApplicationContext context) {
		return new KintoHttpClientSettings(context.getBean(KintoProperties.class),
				context.getBean(HttpClientSettings.class), null, null)
			.get()
			.connectTimeout();
	}

	/**
	 * Files can be on another host, which must not receive the filters, headers and
	 * credentials of Kinto.
	 */
	@Test
	void downloadsHaveNoFiltersHeadersAndCredentials() {
		String hash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
		try (StubServer files = StubServer.answering(200, Map.of(), "hello")) {
			String base = files.url() + "/files/";
			try (StubServer server = StubServer.answering(200, Map.of(),
					"{\"http_api_version\":\"1.23\",\"capabilities\":{\"attachments\":{\"base_url\":\"" + base
							+ "\"}}}")) {
				this.contextRunner
					.withPropertyValues("kinto.url=" + server.url(), "kinto.bearer-token=s3cr3t",
							"kinto.headers.X-Header=s3cr3t")
					.withUserConfiguration(CustomizersConfiguration.class)
					.run((context) -> {
						byte[] file = context.getBean(KintoTemplate.class)
							.bucket("b")
							.collection("c")
							.attachments()
							.download(new KintoAttachment("a", hash, base + "a", "a/b", 5))
							.readAllBytes();
						assertThat(file).hasSize(5);
						assertThat(files.takeRequest().headers()).doesNotContainKeys("Authorization", "X-header",
								"X-application", "X-filter", "X-last");
					});
			}
		}
	}

	@Test
	void webClientObservationIsAChildWithUriTemplate() {
		try (StubServer server = StubServer.answering(200, Map.of(),
				"{\"data\": {\"id\": \"a\", \"last_modified\": 5}}")) {
			TestObservationRegistry registry = TestObservationRegistry.create();
			List<Observation.Context> contexts = new CopyOnWriteArrayList<>();
			registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {

				@Override
				public void onStop(Observation.Context context) {
					contexts.add(context);
				}

				@Override
				public boolean supportsContext(Observation.Context context) {
					return true;
				}

			});
			this.contextRunner.withPropertyValues("kinto.url=" + server.url(), "kinto.name=articles")
				.withBean(ObservationRegistry.class, () -> registry)
				.run((context) -> {
					context.getBean(KintoTemplate.class).bucket("b").collection("c").get("a");
					// the observation of WebClient stops on a thread of the HTTP library
					await().untilAsserted(() -> assertThat(contexts).extracting(Observation.Context::getName)
						.containsExactlyInAnyOrder("http.client.requests", "kinto.client.requests"));
					Observation.Context http = named(contexts, "http.client.requests");
					Observation.Context kinto = named(contexts, "kinto.client.requests");
					assertThat(http.getLowCardinalityKeyValue("uri").getValue())
						.isEqualTo("/v1/buckets/{bucket}/collections/{collection}/records/{record}");
					assertThat(http.getParentObservation().getContextView()).isSameAs(kinto);
					assertThat(kinto.getLowCardinalityKeyValue("server").getValue()).isEqualTo("articles");
				});
		}
	}

	private static Observation.Context named(List<Observation.Context> contexts, String name) {
		return contexts.stream().filter((context) -> name.equals(context.getName())).findFirst().orElseThrow();
	}

	@Test
	void ownTransportHasAuthenticationTimeoutEventsAndObservations() {
		List<KintoRequest> requests = new CopyOnWriteArrayList<>();
		List<KintoEvent> events = new CopyOnWriteArrayList<>();
		TestObservationRegistry registry = TestObservationRegistry.create();
		KintoTransport transport = (request) -> {
			requests.add(request);
			HttpHeaders headers = new HttpHeaders();
			headers.set("Backoff", "3");
			return request.target().equals("/")
					? Mono.just(new KintoResponse(200, headers, "{\"http_api_version\":\"1.23\"}".getBytes()))
					: Mono.never();
		};
		this.contextRunner
			.withPropertyValues("kinto.url=http://127.0.0.1:1/v1", "kinto.bearer-token=t", "kinto.timeout=50ms")
			.withBean(KintoTransport.class, () -> transport)
			.withBean(ObservationRegistry.class, () -> registry)
			.withInitializer((context) -> context.addApplicationListener((ApplicationListener<KintoEvent>) events::add))
			.run((context) -> {
				KintoTemplate kinto = context.getBean(KintoTemplate.class);
				kinto.fetchServerInfo();
				assertThat(requests.get(0).headers().getFirst("Authorization")).isEqualTo("Bearer t");
				await().untilAsserted(() -> assertThat(events).hasSize(1));
				assertThatExceptionOfType(KintoTransportException.class)
					.isThrownBy(() -> kinto.bucket("b").attributes().get())
					.withMessageContaining("50 ms");
				TestObservationRegistryAssert.assertThat(registry)
					.hasNumberOfObservationsWithNameEqualTo("kinto.client.requests", 2);
			});
	}

	@Test
	void ownTransportSendsTheCredentialsOfTheProperties() {
		List<KintoRequest> requests = new CopyOnWriteArrayList<>();
		this.contextRunner.withBean(KintoTransport.class, () -> (request) -> {
			requests.add(request);
			return Mono.just(new KintoResponse(200, new HttpHeaders(), "{\"http_api_version\":\"1.23\"}".getBytes()));
		}).withPropertyValues("kinto.bearer-token=t").run((context) -> {
			context.getBean(KintoTemplate.class).fetchServerInfo();
			assertThat(requests.get(0).headers().getFirst("Authorization")).isEqualTo("Bearer t");
		});
	}

	@Test
	void ownTransportRequiresNoUrl() {
		this.contextRunner.withPropertyValues("kinto.embedded.enabled=false")
			.withBean(KintoTransport.class,
					() -> (request) -> Mono
						.just(new KintoResponse(200, new HttpHeaders(), "{\"http_api_version\":\"1.23\"}".getBytes())))
			.run((context) -> assertThat(context.getBean(KintoTemplate.class).fetchServerInfo().httpApiVersion())
				.hasToString("1.23"));
	}

	/**
	 * The transport is a singleton that all clients of the builder share.
	 */
	@Test
	void ownTransportIsClosedOnlyWithTheApplicationContext() {
		ClosableTransport transport = new ClosableTransport();
		this.contextRunner.withBean(KintoTransport.class, () -> transport).run((context) -> {
			context.getBean(KintoClient.Builder.class).build().close();
			context.getBean(KintoClient.Builder.class).clone().name("other").build().close();
			context.getBean(KintoClient.Builder.class).ownConnections().build().close();
			context.getBean(KintoClient.class).close();
			assertThat(transport.closed).hasValue(0);
		});
		assertThat(transport.closed).hasValue(1);
	}

	private static final class ClosableTransport implements KintoTransport {

		private final AtomicInteger closed = new AtomicInteger();

		@Override
		public Mono<KintoResponse> exchange(KintoRequest request) {
			return Mono.never();
		}

		@Override
		public void close() {
			this.closed.incrementAndGet();
		}

	}

	/**
	 * An application that changes one setting of the client keeps the other settings.
	 */
	@Test
	void ownClientCanUseTheAutoConfiguredBuilder() {
		try (StubServer server = StubServer.answeringHello()) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url(), "kinto.bearer-token=t")
				.withUserConfiguration(OwnClientConfiguration.class, CustomizersConfiguration.class)
				.run((context) -> {
					context.getBean(KintoTemplate.class).fetchServerInfo();
					StubServer.Request request = server.takeRequest();
					assertThat(request.header("Authorization")).isEqualTo("Bearer t");
					assertThat(request.header("X-application")).isEqualTo("yes");
					await().until(() -> OwnClientConfiguration.signals.isEmpty());
				});
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnClientConfiguration {

		private static final List<KintoSignal> signals = new CopyOnWriteArrayList<>();

		@Bean
		KintoClient kintoClient(KintoClient.Builder builder) {
			return builder.signalListener((signal, server) -> signals.add(signal)).build();
		}

	}

	@Test
	void builderForAnotherServerDropsCredentialsAndFilters() {
		try (StubServer first = StubServer.answeringHello(); StubServer second = StubServer.answeringHello()) {
			this.contextRunner
				.withPropertyValues("kinto.url=" + first.url(), "kinto.bearer-token=s3cr3t", "kinto.name=first")
				.withUserConfiguration(CustomizersConfiguration.class)
				.run((context) -> {
					KintoClient.Builder builder = context.getBean(KintoClient.Builder.class);
					try (KintoClient other = builder.url(second.url()).build()) {
						other.blocking().execute(context.getBean(KintoCalls.class).fetchServerInfo());
					}
					assertThat(second.takeRequest().headers()).doesNotContainKeys("Authorization", "X-application",
							"X-filter");
				});
		}
	}

	@Test
	void healthCheckSucceedsWhileAllConnectionsAreBusy() {
		CountDownLatch busy = new CountDownLatch(1);
		try (StubServer server = StubServer.answeringHello((uri) -> {
			if (uri.contains("/buckets/slow")) {
				awaited(busy);
			}
		})) {
			this.contextRunner
				.withPropertyValues("kinto.url=" + server.url(), "kinto.max-connections=2",
						"kinto.max-pending-requests=3")
				.run((context) -> {
					ReactiveKintoTemplate kinto = context.getBean(ReactiveKintoTemplate.class);
					IntStream.range(0, 5).forEach((i) -> kinto.bucket("slow").attributes().get().subscribe((data) -> {
					}, (ex) -> {
					}));
					assertThatExceptionOfType(KintoNotSentException.class)
						.isThrownBy(() -> context.getBean(KintoTemplate.class).fetchServerInfo())
						.withMessageContaining("2 requests are in flight and 3 are pending");
					try (KintoHealthIndicator indicator = new KintoHealthIndicator(kinto)) {
						Health health = indicator.health().block();
						assertThat(health.getStatus()).isEqualTo(Status.UP);
					}
					busy.countDown();
				});
		}
	}

	private static void awaited(CountDownLatch latch) {
		try {
			latch.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
