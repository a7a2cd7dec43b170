package io.kintospring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kintospring.KintoException;
import io.kintospring.KintoGoneException;
import io.kintospring.KintoObject;
import io.kintospring.boot.StubServer;
import io.kintospring.boot.autoconfigure.embedded.EmbeddedKintoAutoConfiguration;
import io.kintospring.boot.event.KintoBackoffEvent;
import io.kintospring.boot.event.KintoDeprecatedEvent;
import io.kintospring.boot.event.KintoEvent;
import io.kintospring.boot.event.KintoRetryAfterEvent;
import io.kintospring.client.DefaultKintoObservationConvention;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.client.KintoClient;
import io.kintospring.client.KintoObservationConvention;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.template.KintoOperations;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveKintoTemplate;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class KintoAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KintoAutoConfiguration.class, EmbeddedKintoAutoConfiguration.class,
				ObservationAutoConfiguration.class, JacksonAutoConfiguration.class));

	@Test
	void templatesTalkToTheServerOfTheUrl() {
		try (StubServer server = StubServer.answeringHello()) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url()).run((context) -> {
				assertThat(context).doesNotHaveBean(EmbeddedKintoServer.class);
				assertThat(context.getBean(KintoTemplate.class).fetchServerInfo().projectVersion()).isEqualTo("26.2.1");
				assertThat(context.getBean(ReactiveKintoTemplate.class).fetchServerInfo().block()).isNotNull();
				assertThat(server.takeRequest().uri()).isEqualTo("/v1/");
			});
		}
	}

	@Test
	void nameAndPasswordAuthenticateByBasic() {
		try (StubServer server = StubServer.answeringHello()) {
			this.contextRunner
				.withPropertyValues("kinto.url=" + server.url(), "kinto.username=alice", "kinto.password=secret")
				.run((context) -> {
					context.getBean(KintoTemplate.class).fetchServerInfo();
					assertThat(server.takeRequest().header("Authorization")).isEqualTo("Basic YWxpY2U6c2VjcmV0");
				});
		}
	}

	@Test
	void bearerTokenAuthenticates() {
		try (StubServer server = StubServer.answeringHello()) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url(), "kinto.bearer-token=t0k3n")
				.run((context) -> {
					context.getBean(KintoTemplate.class).fetchServerInfo();
					assertThat(server.takeRequest().header("Authorization")).isEqualTo("Bearer t0k3n");
				});
		}
	}

	@Test
	void authenticationBeanReplacesTheProperties() {
		try (StubServer server = StubServer.answeringHello()) {
			this.contextRunner
				.withPropertyValues("kinto.url=" + server.url(), "kinto.username=alice", "kinto.password=secret")
				.withBean(KintoAuthentication.class, () -> () -> Mono.just("Custom x"))
				.run((context) -> {
					context.getBean(KintoTemplate.class).fetchServerInfo();
					assertThat(server.takeRequest().header("Authorization")).isEqualTo("Custom x");
				});
		}
	}

	@Test
	void headersBucketAndSafeAreInherited() {
		try (StubServer server = StubServer.answering(200, Map.of(),
				"{\"data\": {\"id\": \"a\", \"last_modified\": 5}}")) {
			this.contextRunner
				.withPropertyValues("kinto.url=" + server.url(), "kinto.headers.X-Tenant=a", "kinto.bucket=blog",
						"kinto.safe=false")
				.run((context) -> {
					context.getBean(KintoTemplate.class).bucket().collection("posts").createRecord("a", Map.of());
					StubServer.Request request = server.takeRequest();
					assertThat(request.uri()).isEqualTo("/v1/buckets/blog/collections/posts/records/a");
					assertThat(request.header("X-tenant")).isEqualTo("a");
					assertThat(request.headers()).doesNotContainKeys("If-none-match", "If-match");
				});
		}
	}

	@Test
	void writesAreSafeByDefault() {
		try (StubServer server = StubServer.answering(200, Map.of(),
				"{\"data\": {\"id\": \"a\", \"last_modified\": 5}}")) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url()).run((context) -> {
				context.getBean(KintoTemplate.class).bucket().collection("posts").createRecord("a", Map.of());
				assertThat(server.takeRequest().header("If-none-match")).isEqualTo("*");
			});
		}
	}

	@Test
	void dataIsBoundByTheApplicationsMapper() {
		try (StubServer server = StubServer.answering(200, Map.of(),
				"{\"data\": {\"id\": \"a\", \"last_modified\": 5, \"long_title\": \"x\"}}")) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url())
				.withBean(JsonMapperBuilderCustomizer.class,
						() -> (builder) -> builder.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE))
				.run((context) -> {
					KintoObject<Post> post = context.getBean(KintoTemplate.class)
						.bucket()
						.collection("posts", Post.class)
						.getRecord("a");
					assertThat(post.data()).isEqualTo(new Post("x", 5));
				});
		}
	}

	@Test
	void requestsAreObserved() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		try (StubServer server = StubServer.answeringHello()) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url())
				.withBean(ObservationRegistry.class, () -> registry)
				.run((context) -> {
					context.getBean(KintoTemplate.class).fetchServerInfo();
					assertThat(registry).hasObservationWithNameEqualTo("kinto.client.requests")
						.that()
						.hasLowCardinalityKeyValue("operation", "fetchServerInfo")
						.hasBeenStopped();
				});
		}
	}

	@Test
	void observationsAreNamedByTheApplicationsConvention() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		try (StubServer server = StubServer.answeringHello()) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url())
				.withBean(ObservationRegistry.class, () -> registry)
				.withBean(KintoObservationConvention.class, OwnObservationConvention::new)
				.run((context) -> {
					context.getBean(ReactiveKintoTemplate.class).fetchServerInfo().block();
					assertThat(registry).hasObservationWithNameEqualTo("mine");
				});
		}
	}

	@Test
	void startsWithoutTheAutoConfigurationsOfObservationsAndJackson() {
		try (StubServer server = StubServer.answeringHello()) {
			new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(KintoAutoConfiguration.class))
				.withPropertyValues("kinto.url=" + server.url())
				.run((context) -> assertThat(context.getBean(KintoTemplate.class).fetchUser()).isPresent());
		}
	}

	@Test
	void ownConnectionDetailsReplaceUrlAndEmbeddedServer() {
		try (StubServer server = StubServer.answeringHello()) {
			this.contextRunner.withPropertyValues("kinto.url=http://localhost:1/v1")
				.withBean(KintoConnectionDetails.class, () -> server::url)
				.run((context) -> {
					assertThat(context).doesNotHaveBean(EmbeddedKintoServer.class);
					assertThat(context.getBean(KintoTemplate.class).server()).isEqualTo(server.url());
				});
		}
	}

	@Test
	void ownTemplateIsTheOnlyOne() {
		this.contextRunner.withPropertyValues("kinto.url=http://localhost:1/v1")
			.withUserConfiguration(OwnTemplateConfiguration.class)
			.run((context) -> {
				assertThat(context).getBean(KintoOperations.class).isSameAs(context.getBean("own"));
				assertThat(context).hasSingleBean(ReactiveKintoTemplate.class);
			});
	}

	@Test
	void ownReactiveTemplateIsTheOnlyOne() {
		this.contextRunner.withPropertyValues("kinto.url=http://localhost:1/v1")
			.withBean("own", ReactiveKintoTemplate.class, () -> new ReactiveKintoTemplate(unreachable(), calls()))
			.run((context) -> {
				assertThat(context).getBean(ReactiveKintoTemplate.class).isSameAs(context.getBean("own"));
				assertThat(context).hasSingleBean(KintoTemplate.class);
			});
	}

	@Test
	void startsWithAnOwnTemplateThoughNothingSaysWhereTheServerIs() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(EmbeddedKintoServer.class))
			.withUserConfiguration(OwnTemplateConfiguration.class)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(KintoTemplate.class));
	}

	@Test
	void failsWithAdviceWhenNothingSaysWhereTheServerIs() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(EmbeddedKintoServer.class)).run((context) -> {
			FailureAnalysis analysis = analyze(new KintoServerNotFoundFailureAnalyzer(), context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("kinto.url is not set");
			assertThat(analysis.getAction()).contains("Set kinto.url").contains("io.kintospring:kinto-embedded");
		});
	}

	@Test
	void failsWithAdviceWhenTheEmbeddedServerIsDisabledAndNoUrlIsSet() {
		this.contextRunner.withPropertyValues("kinto.embedded.enabled=false").run((context) -> {
			FailureAnalysis analysis = analyze(new KintoServerNotFoundFailureAnalyzer(), context.getStartupFailure());
			assertThat(analysis.getAction()).contains("kinto.embedded.enabled");
		});
	}

	@ParameterizedTest
	@CsvSource({ "not a url, 'not a url'", "localhost:8888/v1, localhost:8888/v1", "ftp://host/v1, ftp://host/v1",
			"http://localhost:8888, http://localhost:8888/v1" })
	void failsWithAdviceWhenTheUrlCannotBeOne(String url, String mentioned) {
		this.contextRunner.withPropertyValues("kinto.url=" + url).run((context) -> {
			FailureAnalysis analysis = analyze(new InvalidKintoUrlFailureAnalyzer(), context.getStartupFailure());
			assertThat(analysis.getDescription()).contains(mentioned);
			assertThat(analysis.getAction()).contains("Set kinto.url");
		});
	}

	@Test
	void doesNotRepeatCredentialsInTheUrl() {
		this.contextRunner.withPropertyValues("kinto.url=http://alice:secret@localhost/v1").run((context) -> {
			FailureAnalysis analysis = analyze(new InvalidKintoUrlFailureAnalyzer(), context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("credentials").doesNotContain("secret");
			assertThat(analysis.getAction()).contains("kinto.username");
			assertThat(context.getStartupFailure()).hasStackTraceContaining("credentials");
			assertThat(stackTrace(context.getStartupFailure())).doesNotContain("secret");
		});
	}

	@Test
	void emptyCredentialsAreNone() {
		try (StubServer server = StubServer.answeringHello()) {
			this.contextRunner
				.withPropertyValues("kinto.url=" + server.url(), "kinto.username=", "kinto.password=",
						"kinto.bearer-token=")
				.run((context) -> {
					context.getBean(KintoTemplate.class).fetchServerInfo();
					assertThat(server.takeRequest().headers()).doesNotContainKey("Authorization");
				});
		}
	}

	@Test
	void customizersChangeTheHttpClient() {
		try (StubServer server = StubServer.answeringHello()) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url())
				.withBean(KintoHttpClientCustomizer.class,
						() -> (httpClient) -> httpClient.headers((headers) -> headers.set("X-Http-Client", "yes")))
				.run((context) -> {
					context.getBean(KintoTemplate.class).fetchServerInfo();
					assertThat(server.takeRequest().header("X-http-client")).isEqualTo("yes");
				});
		}
	}

	@Test
	void customizerThatFailsStopsTheStart() {
		this.contextRunner.withPropertyValues("kinto.url=http://127.0.0.1:1/v1")
			.withBean(KintoHttpClientCustomizer.class, () -> (httpClient) -> {
				throw new IllegalStateException("no such proxy");
			})
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(IllegalStateException.class)
				.hasMessage("no such proxy"));
	}

	@Test
	void eventsOfTheBlockingTemplateComeOnTheThreadThatWaits() {
		try (StubServer server = StubServer.answering(200, Map.of("Backoff", "30"),
				"{\"http_api_version\": \"1.23\"}")) {
			List<Thread> threads = new ArrayList<>();
			this.contextRunner.withPropertyValues("kinto.url=" + server.url())
				.withInitializer((context) -> context.addApplicationListener(
						(ApplicationListener<KintoEvent>) (event) -> threads.add(Thread.currentThread())))
				.run((context) -> {
					context.getBean(KintoTemplate.class).fetchServerInfo();
					assertThat(threads).containsExactly(Thread.currentThread());
				});
		}
	}

	@Test
	void saysAtStartWhichServerAndNoCredentials(CapturedOutput output) {
		this.contextRunner
			.withPropertyValues("kinto.url=http://localhost:1/v1/", "kinto.username=alice", "kinto.password=s3cr3t")
			.run((context) -> assertThat(output).contains("Kinto is at http://localhost:1/v1")
				.doesNotContain("s3cr3t")
				.doesNotContain("alice"));
	}

	@Test
	void backoffIsAnEvent() {
		try (StubServer server = StubServer.answering(200, Map.of("Backoff", "30"),
				"{\"http_api_version\": \"1.23\"}")) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url())
				.withUserConfiguration(EventsConfiguration.class)
				.run((context) -> {
					context.getBean(KintoTemplate.class).fetchServerInfo();
					assertThat(context.getBean(EventsConfiguration.class).events).singleElement()
						.isInstanceOfSatisfying(KintoBackoffEvent.class, (event) -> {
							assertThat(event.duration()).hasSeconds(30);
							assertThat(event.releaseTime()).isAfter(java.time.Instant.now());
							assertThat(event.server()).isEqualTo(server.url());
						});
				});
		}
	}

	@Test
	void retryAfterIsAnEvent() {
		try (StubServer server = StubServer.answering(503, Map.of("Retry-After", "7"), "")) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url())
				.withUserConfiguration(EventsConfiguration.class)
				.run((context) -> {
					KintoTemplate kinto = context.getBean(KintoTemplate.class);
					assertThatExceptionOfType(KintoException.class).isThrownBy(kinto::fetchServerInfo);
					assertThat(context.getBean(EventsConfiguration.class).events).singleElement()
						.isInstanceOfSatisfying(KintoRetryAfterEvent.class,
								(event) -> assertThat(event.duration()).hasSeconds(7));
				});
		}
	}

	@Test
	void endOfLifeIsAnEventBeforeItIsAnError() {
		try (StubServer server = StubServer.answering(410,
				Map.of("Alert", "{\"code\": \"hard-eol\", \"message\": \"Bye\", \"url\": \"http://x.example.com\"}"),
				"{\"code\": 410, \"errno\": 202}")) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url())
				.withUserConfiguration(EventsConfiguration.class)
				.run((context) -> {
					KintoTemplate kinto = context.getBean(KintoTemplate.class);
					assertThatExceptionOfType(KintoGoneException.class).isThrownBy(kinto::fetchServerInfo);
					assertThat(context.getBean(EventsConfiguration.class).events).singleElement()
						.isInstanceOfSatisfying(KintoDeprecatedEvent.class, (event) -> {
							assertThat(event.type()).isEqualTo("hard-eol");
							assertThat(event.message()).isEqualTo("Bye");
							assertThat(event.url()).isEqualTo("http://x.example.com");
						});
				});
		}
	}

	private static FailureAnalysis analyze(org.springframework.boot.diagnostics.FailureAnalyzer analyzer,
			Throwable failure) {
		FailureAnalysis analysis = analyzer.analyze(failure);
		assertThat(analysis).as("analysis of " + failure).isNotNull();
		return analysis;
	}

	private static String stackTrace(Throwable failure) {
		java.io.StringWriter text = new java.io.StringWriter();
		failure.printStackTrace(new java.io.PrintWriter(text));
		return text.toString();
	}

	private static KintoClient unreachable() {
		return KintoClient.builder((request) -> Mono.never()).build();
	}

	private static KintoCalls calls() {
		return new KintoCalls(new JsonMapper(), io.kintospring.KintoOptions.none(), "default");
	}

	record Post(String longTitle, long lastModified) {
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnTemplateConfiguration {

		@Bean
		KintoTemplate own() {
			return new KintoTemplate(unreachable(), calls());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EventsConfiguration {

		private final List<KintoEvent> events = new ArrayList<>();

		@EventListener
		void onEvent(KintoEvent event) {
			this.events.add(event);
		}

	}

	static class OwnObservationConvention extends DefaultKintoObservationConvention {

		@Override
		public String getName() {
			return "mine";
		}

	}

}
