package io.kintospring.boot.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kintospring.KintoCheckpoint;
import io.kintospring.KintoException;
import io.kintospring.KintoGoneException;
import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class KintoAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KintoAutoConfiguration.class, EmbeddedKintoAutoConfiguration.class,
				ObservationAutoConfiguration.class, JacksonAutoConfiguration.class));

	@Test
	void templatesUseTheServerOfTheUrl() {
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
	void usernameAndPasswordUseBasicAuthentication() {
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
	void bearerTokenIsSent() {
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
	void templateInheritsHeadersBucketAndSafe() {
		try (StubServer server = StubServer.answering(200, Map.of(),
				"{\"data\": {\"id\": \"a\", \"last_modified\": 5}}")) {
			this.contextRunner
				.withPropertyValues("kinto.url=" + server.url(), "kinto.headers.X-Tenant=a", "kinto.bucket=blog",
						"kinto.safe=false")
				.run((context) -> {
					context.getBean(KintoTemplate.class).bucket().collection("posts").create("a", Map.of());
					StubServer.Request request = server.takeRequest();
					assertThat(request.uri()).isEqualTo("/v1/buckets/blog/collections/posts/records/a");
					assertThat(request.header("X-tenant")).isEqualTo("a");
					assertThat(request.headers()).doesNotContainKeys("If-none-match", "If-match");
				});
		}
	}

	@Test
	void settleTimeAppliesToChanges() {
		try (StubServer server = StubServer.answering(200, Map.of("ETag", "\"9000\""), "{\"data\": []}")) {
			ApplicationContextRunner runner = this.contextRunner.withPropertyValues("kinto.url=" + server.url());
			runner.run((context) -> assertThat(since(context)).isEqualTo(4000));
			runner.withPropertyValues("kinto.changes.settle-time=2s")
				.run((context) -> assertThat(since(context)).isEqualTo(7000));
			runner.withPropertyValues("kinto.changes.settle-time=0")
				.run((context) -> assertThat(since(context)).isEqualTo(9000));
		}
	}

	private static long since(ApplicationContext context) {
		return context.getBean(KintoTemplate.class)
			.bucket()
			.collection("posts")
			.changes(KintoCheckpoint.of(KintoTimestamp.of(1)))
			.checkpoint()
			.since()
			.value();
	}

	@Test
	void writesAreSafeByDefault() {
		try (StubServer server = StubServer.answering(200, Map.of(),
				"{\"data\": {\"id\": \"a\", \"last_modified\": 5}}")) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url()).run((context) -> {
				context.getBean(KintoTemplate.class).bucket().collection("posts").create("a", Map.of());
				assertThat(server.takeRequest().header("If-none-match")).isEqualTo("*");
			});
		}
	}

	@Test
	void dataIsBoundByTheJsonMapperOfTheApplication() {
		try (StubServer server = StubServer.answering(200, Map.of(),
				"{\"data\": {\"id\": \"a\", \"last_modified\": 5, \"long_title\": \"x\"}}")) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url())
				.withBean(JsonMapperBuilderCustomizer.class,
						() -> (builder) -> builder.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE))
				.run((context) -> {
					KintoObject<Post> post = context.getBean(KintoTemplate.class)
						.bucket()
						.collection("posts", Post.class)
						.get("a");
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
	void observationConventionOfTheApplicationIsUsed() {
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
	void startsWithoutObservationAndJacksonAutoConfiguration() {
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
	void ownTemplateReplacesTheAutoConfiguredOne() {
		this.contextRunner.withPropertyValues("kinto.url=http://localhost:1/v1")
			.withUserConfiguration(OwnTemplateConfiguration.class)
			.run((context) -> {
				assertThat(context).getBean(KintoOperations.class).isSameAs(context.getBean("own"));
				assertThat(context).hasSingleBean(ReactiveKintoTemplate.class);
			});
	}

	@Test
	void ownReactiveTemplateReplacesTheAutoConfiguredOne() {
		this.contextRunner.withPropertyValues("kinto.url=http://localhost:1/v1")
			.withBean("own", ReactiveKintoTemplate.class, () -> new ReactiveKintoTemplate(unreachable(), calls()))
			.run((context) -> {
				assertThat(context).getBean(ReactiveKintoTemplate.class).isSameAs(context.getBean("own"));
				assertThat(context).hasSingleBean(KintoTemplate.class);
			});
	}

	@Test
	void startsWithAnOwnTemplateAndNoConfiguredServer() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(EmbeddedKintoServer.class))
			.withUserConfiguration(OwnTemplateConfiguration.class)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(KintoTemplate.class));
	}

	@Test
	void failsWithAdviceWhenNoServerIsConfigured() {
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
	void failsWithAdviceWhenTheUrlIsInvalid(String url, String mentioned) {
		this.contextRunner.withPropertyValues("kinto.url=" + url).run((context) -> {
			FailureAnalysis analysis = analyze(new InvalidKintoUrlFailureAnalyzer(), context.getStartupFailure());
			assertThat(analysis.getDescription()).contains(mentioned);
			assertThat(analysis.getAction()).contains("Set kinto.url");
		});
	}

	@Test
	void failureDoesNotContainTheCredentialsOfTheUrl() {
		this.contextRunner.withPropertyValues("kinto.url=http://alice:secret@localhost/v1").run((context) -> {
			FailureAnalysis analysis = analyze(new InvalidKintoUrlFailureAnalyzer(), context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("credentials").doesNotContain("secret");
			assertThat(analysis.getAction()).contains("kinto.username");
			assertThat(context.getStartupFailure()).hasStackTraceContaining("credentials");
			assertThat(stackTrace(context.getStartupFailure())).doesNotContain("secret");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\t" })
	void blankCredentialsAreNotSet(String blank) {
		try (StubServer server = StubServer.answeringHello()) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url())
				.withInitializer(properties(
						Map.of("kinto.username", blank, "kinto.password", blank, "kinto.bearer-token", blank)))
				.run((context) -> {
					context.getBean(KintoTemplate.class).fetchServerInfo();
					assertThat(server.takeRequest().headers()).doesNotContainKey("Authorization");
				});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\t" })
	void blankBucketAndHeadersAreNotSet(String blank) {
		try (StubServer server = StubServer.answering(200, Map.of(),
				"{\"data\": {\"id\": \"a\", \"last_modified\": 5}}")) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url(), "kinto.headers.X-Other=b")
				.withInitializer(properties(Map.of("kinto.bucket", blank, "kinto.headers.X-Tenant", blank)))
				.run((context) -> {
					context.getBean(KintoTemplate.class).bucket().collection("posts").get("a");
					StubServer.Request request = server.takeRequest();
					assertThat(request.uri()).startsWith("/v1/buckets/default/");
					assertThat(request.headers()).doesNotContainKey("X-tenant").containsKey("X-other");
				});
		}
	}

	@Test
	void emptyDurationsSizesAndResourcesAreNotSet() {
		this.contextRunner
			.withPropertyValues("kinto.url=http://localhost:1/v1", "kinto.timeout=", "kinto.transfer-timeout=",
					"kinto.connect-timeout=", "kinto.max-in-memory-size=", "kinto.embedded.initial-data=")
			.run((context) -> assertThat(context.getBean(KintoProperties.class)).usingRecursiveComparison()
				.ignoringFields("url")
				.isEqualTo(new KintoProperties()));
	}

	@ParameterizedTest
	@CsvSource({ "kinto.url, ''", "kinto.url, ' '", "KINTO_URL, ''", "KINTO_URL, ' '" })
	void blankUrlIsNotSet(String name, String value) {
		ApplicationContextRunner blank = this.contextRunner.withInitializer(properties(Map.of(name, value)));
		blank.run((context) -> assertThat(context.getBean(KintoTemplate.class).server())
			.isEqualTo(context.getBean(EmbeddedKintoServer.class).url()));
		blank.withClassLoader(new FilteredClassLoader(EmbeddedKintoServer.class))
			.run((context) -> assertThat(
					analyze(new KintoServerNotFoundFailureAnalyzer(), context.getStartupFailure()).getDescription())
				.contains("kinto.url is not set or is blank"));
	}

	@ParameterizedTest
	@CsvSource(nullValues = "none",
			value = { "ann, none, 'a username, but no password'", "ann, '', 'a username, but no password'",
					"none, s3cr3t, 'a password, but no username'", "' ', s3cr3t, 'a password, but no username'" })
	void halfCredentialsOfConnectionDetailsAreReported(@Nullable String username, @Nullable String password,
			String problem) {
		this.contextRunner.withBean(KintoConnectionDetails.class, () -> new Credentials(username, password))
			.run((context) -> {
				FailureAnalysis analysis = analyze(new InvalidKintoPropertiesFailureAnalyzer(new StandardEnvironment()),
						context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("The connection details for kinto contain " + problem);
				assertThat(analysis.getAction()).contains("Set both", "KINTO_USERNAME and KINTO_PASSWORD");
				assertThat(stackTrace(context.getStartupFailure())).doesNotContain("s3cr3t");
			});
	}

	@Test
	void blankCredentialsOfConnectionDetailsAreNotSet() {
		this.contextRunner.withBean(KintoConnectionDetails.class, () -> new Credentials("", " "))
			.run((context) -> assertThat(context.getBean(KintoClient.class).state().authentication())
				.isEqualTo("none"));
	}

	private record Credentials(@Nullable String username, @Nullable String password) implements KintoConnectionDetails {

		@Override
		public String getUrl() {
			return "http://localhost:1/v1";
		}

		@Override
		public @Nullable String getUsername() {
			return this.username;
		}

		@Override
		public @Nullable String getPassword() {
			return this.password;
		}

	}

	@ParameterizedTest
	@CsvSource({ "kinto.url=https://${NOT_THERE}/v1, kinto.url", "kinto.username=${NOT_THERE}, kinto.username",
			"kinto.password=s3cr3t${NOT_THERE}, kinto.password" })
	void unresolvablePlaceholderInRequiredPropertyIsReported(String property, String name) {
		this.contextRunner
			.withPropertyValues("kinto.url=http://localhost:1/v1", "kinto.username=alice", "kinto.password=s3cr3t")
			.withInitializer((context) -> TestPropertyValues.of(property).applyTo(context.getEnvironment()))
			.run((context) -> {
				FailureAnalysis analysis = analyze(new UnresolvedKintoPropertyFailureAnalyzer(),
						context.getStartupFailure());
				assertThat(analysis.getDescription())
					.isEqualTo(name + " contains the placeholder 'NOT_THERE', which cannot be resolved.");
				assertThat(analysis.getAction()).contains("'NOT_THERE'").contains(name);
				assertThat(stackTrace(context.getStartupFailure())).doesNotContain("s3cr3t");
			});
	}

	@Test
	void unresolvableTokenIsReported() {
		this.contextRunner
			.withPropertyValues("kinto.url=http://localhost:1/v1", "kinto.bearer-token=${also.missing:${NOT_THERE}}")
			.run((context) -> assertThat(
					analyze(new UnresolvedKintoPropertyFailureAnalyzer(), context.getStartupFailure()).getDescription())
				.contains("kinto.bearer-token contains the placeholder"));
	}

	@Test
	void unresolvablePlaceholderInReplacedPropertyIsIgnored() {
		this.contextRunner
			.withPropertyValues("kinto.url=https://${NOT_THERE}/v1", "kinto.username=${NOT_THERE}",
					"kinto.password=${NOT_THERE}")
			.withBean(KintoConnectionDetails.class, () -> () -> "http://localhost:1/v1")
			.run((context) -> assertThat(context.getBean(KintoTemplate.class).server())
				.isEqualTo("http://localhost:1/v1"));
		this.contextRunner
			.withPropertyValues("kinto.url=http://localhost:1/v1", "kinto.username=${NOT_THERE}",
					"kinto.password=${NOT_THERE}")
			.withBean(KintoAuthentication.class, KintoAuthentication::none)
			.run((context) -> assertThat(context).hasNotFailed());
		this.contextRunner.withPropertyValues("kinto.url=https://${NOT_THERE}/v1")
			.withBean(KintoClient.class, KintoAutoConfigurationTests::unreachable)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	/**
	 * Listeners can block without delaying a call.
	 */
	@Test
	void eventsArePublishedOnASignalThreadOfTheClient() {
		try (StubServer server = StubServer.answering(200, Map.of("Backoff", "30"),
				"{\"http_api_version\": \"1.23\"}")) {
			List<String> threads = new CopyOnWriteArrayList<>();
			this.contextRunner.withPropertyValues("kinto.url=" + server.url())
				.withInitializer((context) -> context.addApplicationListener(
						(ApplicationListener<KintoEvent>) (event) -> threads.add(Thread.currentThread().getName())))
				.run((context) -> {
					context.getBean(KintoTemplate.class).fetchServerInfo();
					context.getBean(ReactiveKintoTemplate.class).fetchServerInfo().block();
					await().untilAsserted(() -> assertThat(threads).hasSize(2)
						.allSatisfy((thread) -> assertThat(thread).startsWith("kinto-signals")));
				});
		}
	}

	@Test
	void logsTheServerWithoutCredentialsAtStartup(CapturedOutput output) {
		this.contextRunner
			.withPropertyValues("kinto.url=http://localhost:1/v1/", "kinto.username=alice", "kinto.password=s3cr3t")
			.run((context) -> assertThat(output).contains("Using the Kinto server at http://localhost:1/v1")
				.doesNotContain("s3cr3t")
				.doesNotContain("alice"));
	}

	@Test
	void backoffHeaderPublishesEvent() {
		try (StubServer server = StubServer.answering(200, Map.of("Backoff", "30"),
				"{\"http_api_version\": \"1.23\"}")) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url())
				.withUserConfiguration(EventsConfiguration.class)
				.run((context) -> {
					context.getBean(KintoTemplate.class).fetchServerInfo();
					await()
						.untilAsserted(() -> assertThat(context.getBean(EventsConfiguration.class).events).hasSize(1));
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
	void retryAfterHeaderPublishesEvent() {
		try (StubServer server = StubServer.answering(503, Map.of("Retry-After", "7"), "")) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url(), "kinto.retry.max-retries=0")
				.withUserConfiguration(EventsConfiguration.class)
				.run((context) -> {
					KintoTemplate kinto = context.getBean(KintoTemplate.class);
					assertThatExceptionOfType(KintoException.class).isThrownBy(kinto::fetchServerInfo);
					await()
						.untilAsserted(() -> assertThat(context.getBean(EventsConfiguration.class).events).hasSize(1));
					assertThat(context.getBean(EventsConfiguration.class).events).singleElement()
						.isInstanceOfSatisfying(KintoRetryAfterEvent.class,
								(event) -> assertThat(event.duration()).hasSeconds(7));
				});
		}
	}

	@Test
	void endOfLifePublishesEventAndThrowsException() {
		try (StubServer server = StubServer.answering(410,
				Map.of("Alert", "{\"code\": \"hard-eol\", \"message\": \"Bye\", \"url\": \"http://x.example.com\"}"),
				"{\"code\": 410, \"errno\": 202}")) {
			this.contextRunner.withPropertyValues("kinto.url=" + server.url())
				.withUserConfiguration(EventsConfiguration.class)
				.run((context) -> {
					KintoTemplate kinto = context.getBean(KintoTemplate.class);
					assertThatExceptionOfType(KintoGoneException.class).isThrownBy(kinto::fetchServerInfo);
					await()
						.untilAsserted(() -> assertThat(context.getBean(EventsConfiguration.class).events).hasSize(1));
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

	/**
	 * Return an initializer for properties whose values are not trimmed. The runner trims
	 * values.
	 */
	private static ApplicationContextInitializer<ConfigurableApplicationContext> properties(
			Map<String, Object> properties) {
		return (context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", properties));
	}

	private static KintoClient unreachable() {
		return KintoClient.builder((request) -> Mono.never()).build();
	}

	private static KintoCalls calls() {
		return new KintoCalls(new JsonMapper(), io.kintospring.KintoOptions.of(), "default");
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

		private final List<KintoEvent> events = new CopyOnWriteArrayList<>();

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
