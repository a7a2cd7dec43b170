package io.kintospring.boot.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kintospring.KintoCheckpoint;
import io.kintospring.KintoNotSentException;
import io.kintospring.KintoOptions;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTransportException;
import io.kintospring.boot.StubServer;
import io.kintospring.boot.autoconfigure.embedded.EmbeddedKintoAutoConfiguration;
import io.kintospring.boot.event.KintoBackoffEvent;
import io.kintospring.boot.event.KintoEvent;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.client.KintoClient;
import io.kintospring.client.KintoTransport;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.template.KintoOperations;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveKintoOperations;
import io.kintospring.template.ReactiveKintoTemplate;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the clients of {@code kinto.clients.*}.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class NamedKintoClientsTests {

	private static final String PRIMARY = "kinto.url=http://localhost:1/v1";

	private static final String AUDIT = "kinto.clients.audit.url=http://localhost:2/v1";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withInitializer((context) -> this.environment = context.getEnvironment())
		.withConfiguration(AutoConfigurations.of(KintoAutoConfiguration.class, EmbeddedKintoAutoConfiguration.class,
				SslAutoConfiguration.class));

	private final ApplicationContextRunner withoutEmbedded = this.contextRunner
		.withClassLoader(new FilteredClassLoader(EmbeddedKintoServer.class));

	private Environment environment;

	@Test
	void qualifierSelectsTheClientAndItsAbsenceThePrimaryOne() {
		this.contextRunner.withPropertyValues(PRIMARY, AUDIT, "kinto.clients.archive-2.url=http://localhost:3/v1")
			.withUserConfiguration(Consumer.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				Consumer consumer = context.getBean(Consumer.class);
				assertThat(List.of(consumer.kinto.server(), consumer.reactiveKinto.server(),
						consumer.kintoClient.server(), ((KintoTemplate) consumer.operations).server(),
						((ReactiveKintoTemplate) consumer.reactiveOperations).server()))
					.containsOnly("http://localhost:1/v1");
				assertThat(consumer.provider.stream()).containsExactly(consumer.kinto);
				assertThat(consumer.all).containsExactly(consumer.kinto);
				assertThat(List.of(consumer.audit.server(), consumer.reactiveAudit.server(),
						consumer.auditClient.server(), ((KintoTemplate) consumer.auditOperations).server()))
					.containsOnly("http://localhost:2/v1");
				assertThat(consumer.archive.server()).isEqualTo("http://localhost:3/v1");
			});
	}

	@ParameterizedTest
	@CsvSource({ "kinto.clients.auditLog.url, auditLog", "kinto.clients.audit-log.url, audit-log",
			"kinto.clients.2.url, 2", "kinto.clients.[a.b].url, a.b", "KINTO_CLIENTS_AUDIT_URL, audit" })
	void nameIsTheKeyOfTheProperties(String property, String name) {
		this.contextRunner.withPropertyValues(PRIMARY)
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
						Map.of(property, "http://localhost:2/v1"))))
			.run((context) -> assertThat(template(context, name).server()).isEqualTo("http://localhost:2/v1"));
	}

	@Test
	void namedClientHasItsOwnProperties() {
		try (StubServer primary = object(); StubServer audit = object()) {
			this.contextRunner
				.withPropertyValues("kinto.url=" + primary.url(), "kinto.clients.audit.url=" + audit.url(),
						"kinto.clients.audit.bucket=log", "kinto.clients.audit.safe=false",
						"kinto.clients.audit.headers.X-Tenant=a", "kinto.clients.audit.username=alice",
						"kinto.clients.audit.password=secret")
				.run((context) -> {
					create(template(context, "audit"));
					StubServer.Request request = audit.takeRequest();
					assertThat(request.uri()).isEqualTo("/v1/buckets/log/collections/posts/records/a");
					assertThat(request.header("X-tenant")).isEqualTo("a");
					assertThat(request.header("Authorization")).isEqualTo("Basic YWxpY2U6c2VjcmV0");
					assertThat(request.headers()).doesNotContainKey("If-none-match");
					create(context.getBean(KintoTemplate.class));
					request = primary.takeRequest();
					assertThat(request.uri()).startsWith("/v1/buckets/default/");
					assertThat(request.header("If-none-match")).isEqualTo("*");
					assertThat(request.headers()).doesNotContainKeys("X-tenant", "Authorization");
				});
		}
	}

	@Test
	void namedClientInheritsNothingFromThePrimaryOne() {
		try (StubServer audit = object()) {
			this.contextRunner
				.withPropertyValues(PRIMARY, "kinto.bucket=blog", "kinto.safe=false", "kinto.headers.X-Tenant=a",
						"kinto.username=alice", "kinto.password=s3cr3t", "kinto.max-in-memory-size=1B",
						"kinto.clients.audit.url=" + audit.url())
				.withBean(KintoWebClientCustomizer.class, () -> (builder) -> builder.defaultHeader("X-Filter", "b"))
				.run((context) -> {
					create(template(context, "audit"));
					StubServer.Request request = audit.takeRequest();
					assertThat(request.uri()).startsWith("/v1/buckets/default/");
					assertThat(request.header("If-none-match")).isEqualTo("*");
					assertThat(request.headers()).doesNotContainKeys("X-tenant", "Authorization", "X-filter");
				});
		}
	}

	@Test
	void authenticationBeanOfThePrimaryClientDoesNotApply() {
		try (StubServer audit = object()) {
			this.contextRunner.withPropertyValues(PRIMARY, "kinto.clients.audit.url=" + audit.url())
				.withBean(KintoAuthentication.class, () -> KintoAuthentication.bearer("t0k3n"))
				.run((context) -> {
					create(template(context, "audit"));
					assertThat(audit.takeRequest().headers()).doesNotContainKey("Authorization");
				});
		}
	}

	@Test
	void limitsAndTimeoutsOfTheNamedClientApply() {
		try (StubServer server = StubServer.answeringHello()) {
			this.contextRunner
				.withPropertyValues(PRIMARY, "kinto.clients.small.url=" + server.url(),
						"kinto.clients.small.max-in-memory-size=10B", "kinto.clients.slow.timeout=50ms")
				.withUserConfiguration(SlowTransport.class)
				.run((context) -> {
					assertThatExceptionOfType(KintoTransportException.class)
						.isThrownBy(() -> template(context, "small").fetchServerInfo())
						.withMessageContaining("10");
					assertThatExceptionOfType(KintoTransportException.class)
						.isThrownBy(() -> template(context, "slow").fetchServerInfo())
						.withMessageContaining("50");
				});
		}
	}

	@Test
	void unknownSslBundleOfANamedClientStopsTheApplication() {
		this.contextRunner
			.withPropertyValues(PRIMARY, "kinto.clients.audit.url=https://localhost:2/v1",
					"kinto.clients.audit.ssl.bundle=nope")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("SSL bundle name 'nope' cannot be found"));
	}

	@ParameterizedTest
	@CsvSource({ "'', audit", "kinto.clients.audit.name=log, log" })
	void observationsHaveTheNameOfTheClient(String property, String name) {
		TestObservationRegistry registry = TestObservationRegistry.create();
		try (StubServer audit = StubServer.answeringHello()) {
			this.contextRunner.withPropertyValues(PRIMARY, "kinto.clients.audit.url=" + audit.url(), property)
				.withBean(ObservationRegistry.class, () -> registry)
				.run((context) -> {
					template(context, "audit").fetchServerInfo();
					TestObservationRegistryAssert.assertThat(registry)
						.hasObservationWithNameEqualTo("kinto.client.requests")
						.that()
						.hasLowCardinalityKeyValue("server", name);
				});
		}
	}

	@Test
	void eventsNameTheirServer() {
		try (StubServer primary = backoff(); StubServer audit = backoff()) {
			List<KintoEvent> events = new CopyOnWriteArrayList<>();
			this.contextRunner
				.withPropertyValues("kinto.url=" + primary.url(), "kinto.clients.audit.url=" + audit.url())
				.withInitializer((context) -> context
					.addApplicationListener((ApplicationListener<KintoEvent>) (event) -> events.add(event)))
				.run((context) -> {
					template(context, "audit").fetchServerInfo();
					await().untilAsserted(() -> assertThat(events).hasSize(1));
					assertThat(events.get(0)).isInstanceOf(KintoBackoffEvent.class)
						.returns(template(context, "audit").server(), KintoEvent::server);
					assertThat(events.get(0).toString()).startsWith("Backoff of " + audit.url() + " until ");
					context.getBean(KintoTemplate.class).fetchServerInfo();
					await().untilAsserted(() -> assertThat(events).hasSize(2));
					assertThat(events.get(1).server()).isEqualTo(primary.url());
				});
		}
	}

	@Test
	void clientIsClosedWithTheContext() {
		KintoTemplate[] audit = new KintoTemplate[1];
		try (StubServer server = StubServer.answeringHello()) {
			this.contextRunner.withPropertyValues(PRIMARY, "kinto.clients.audit.url=" + server.url()).run((context) -> {
				audit[0] = template(context, "audit");
				audit[0].fetchServerInfo();
			});
			assertThatExceptionOfType(KintoNotSentException.class).isThrownBy(() -> audit[0].fetchServerInfo())
				.withMessageContaining("closed");
		}
	}

	@Test
	void logsTheServerOfEachClient(CapturedOutput output) {
		this.contextRunner.withPropertyValues(PRIMARY, AUDIT)
			.run((context) -> assertThat(output).contains("Using the Kinto server at http://localhost:1/v1" + '\n')
				.contains("Using the Kinto server at http://localhost:2/v1 for kinto.clients.audit"));
	}

	@Test
	void namedClientsDoNotReplaceThePrimaryOneAndItsEmbeddedServer() {
		this.contextRunner.withPropertyValues(AUDIT)
			.run((context) -> assertThat(context.getBean(KintoTemplate.class).server())
				.isEqualTo(context.getBean(EmbeddedKintoServer.class).url()));
	}

	@Test
	void ownTemplateReplacesThePrimaryOneOnly() {
		this.contextRunner.withPropertyValues(PRIMARY, AUDIT)
			.withBean("own", KintoTemplate.class, () -> new KintoTemplate(unreachable(), KintoCalls.defaults()))
			.run((context) -> {
				assertThat(context.getBean(KintoTemplate.class)).isSameAs(context.getBean("own"));
				assertThat(context).doesNotHaveBean("kintoTemplate");
				assertThat(template(context, "audit").server()).isEqualTo("http://localhost:2/v1");
			});
	}

	@Test
	void nameOfThePrimaryReactiveTemplateIsRejected() {
		this.contextRunner.withPropertyValues("kinto.clients.reactive.url=http://localhost:2/v1").run((context) -> {
			FailureAnalysis analysis = analyze(context, new InvalidKintoPropertiesFailureAnalyzer(this.environment));
			assertThat(analysis.getDescription()).contains("kinto.clients.reactive");
			assertThat(analysis.getAction()).contains("Choose another name");
		});
	}

	@Test
	void applicationWithNamedClientsOnlyHasNoPrimaryClient() {
		this.withoutEmbedded.withPropertyValues(AUDIT).run((context) -> {
			assertThat(context).hasNotFailed()
				.hasSingleBean(KintoTemplate.class)
				.hasSingleBean(ReactiveKintoTemplate.class)
				.hasSingleBean(KintoClient.class)
				.doesNotHaveBean("kintoTemplate");
			assertThat(template(context, "audit").server()).isEqualTo("http://localhost:2/v1");
		});
	}

	@Test
	void injectionWithoutQualifierFailsWithAdviceIfThereIsNoPrimaryClient() {
		this.withoutEmbedded.withPropertyValues(AUDIT).withUserConfiguration(PrimaryConsumer.class).run((context) -> {
			FailureAnalysis analysis = analyze(context, new NoSuchKintoBeanFailureAnalyzer(this.environment));
			assertThat(analysis.getDescription()).startsWith("Parameter 0 of constructor in ")
				.endsWith(" required a bean of type 'io.kintospring.template.KintoTemplate' that could not be found."
						+ " Named clients: audit.");
			assertThat(analysis.getAction()).contains("@Qualifier(\"audit\")").contains("Set kinto.url");
		});
	}

	@Test
	void analysisReplacesThatOfSpringBoot(CapturedOutput output) {
		SpringApplication application = new SpringApplication(KintoAutoConfiguration.class, PrimaryConsumer.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatExceptionOfType(BeansException.class).isThrownBy(() -> application.run("--" + AUDIT));
		assertThat(output).contains("Named clients: audit.").doesNotContain("Consider ");
	}

	@Test
	void missingBeansOfOtherTypesAreLeftToSpringBoot() {
		this.withoutEmbedded.withPropertyValues(AUDIT)
			.withUserConfiguration(OtherConsumer.class)
			.run((context) -> assertThat(
					new NoSuchKintoBeanFailureAnalyzer(this.environment).analyze(context.getStartupFailure()))
				.isNull());
	}

	@Test
	void namedClientHasItsOwnSettleTime() {
		try (StubServer audit = StubServer.answering(200, Map.of("ETag", "\"9000\""), "{\"data\": []}")) {
			this.contextRunner
				.withPropertyValues(PRIMARY, "kinto.changes.settle-time=1s", "kinto.clients.audit.url=" + audit.url(),
						"kinto.clients.audit.changes.settle-time=3s")
				.run((context) -> assertThat(template(context, "audit").bucket()
					.collection("posts")
					.changes(KintoCheckpoint.of(KintoTimestamp.of(1)))
					.checkpoint()
					.since()).isEqualTo(KintoTimestamp.of(6000)));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "kinto.clients.audit.bucket=log", "kinto.clients.audit.url= " })
	void missingUrlIsReported(String property) {
		this.contextRunner.withPropertyValues(PRIMARY, property).run((context) -> {
			FailureAnalysis analysis = analyze(context, new KintoServerNotFoundFailureAnalyzer());
			assertThat(analysis.getDescription()).isEqualTo("No Kinto server is configured for kinto.clients.audit:"
					+ " kinto.clients.audit.url is not set or is blank.");
			assertThat(analysis.getAction()).startsWith("Set kinto.clients.audit.url to ")
				.contains("service connection of a container is always that of the primary client")
				.endsWith("remove the properties kinto.clients.audit.*.");
		});
	}

	@Test
	void invalidUrlIsReportedWithItsProperty() {
		this.contextRunner.withPropertyValues(PRIMARY, "kinto.clients.audit.url=localhost").run((context) -> {
			FailureAnalysis analysis = analyze(context, new InvalidKintoUrlFailureAnalyzer());
			assertThat(analysis.getDescription())
				.startsWith("The URL of the Kinto server of kinto.clients.audit is invalid: 'localhost' ");
			assertThat(analysis.getAction()).startsWith("Set kinto.clients.audit.url to ")
				.contains("kinto.clients.audit.username");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "url", "password" })
	void unresolvablePlaceholderIsReportedWithItsProperty(String name) {
		this.contextRunner
			.withPropertyValues(PRIMARY, AUDIT, "kinto.clients.audit.username=alice", "kinto.clients.audit.password=b")
			.withPropertyValues("kinto.clients.audit." + name + "=s3cr3t${NOT_THERE}")
			.run((context) -> assertThat(
					analyze(context, new UnresolvedKintoPropertyFailureAnalyzer()).getDescription())
				.isEqualTo("kinto.clients.audit." + name
						+ " contains the placeholder 'NOT_THERE', which cannot be resolved."));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					timeout=0s               | timeout must be between 1ms and 24 days, but was 0s.
					transfer-timeout=0s      | transfer-timeout must be between
					connect-timeout=0s       | connect-timeout must be between
					call-timeout=0s          | call-timeout must be between
					retry.max-retries=-1     | retry.max-retries must be at least 0, but was -1.
					retry.delay=0s           | retry.delay must be between
					retry.max-delay=0s       | retry.max-delay must be between
					retry.jitter=1.5         | retry.jitter must be between 0 and 1, but was 1.5.
					max-backoff=0s           | max-backoff must be between
					server-info-expiry=0s    | server-info-expiry must be between
					changes.settle-time=-1s  | changes.settle-time is invalid: The settle time must be between 0s and 24h, but was PT-1S.
					changes.settle-time=25h  | changes.settle-time is invalid: The settle time must be between 0s and 24h
					max-connections=0        | max-connections must be at least 1, but was 0.
					max-pending-requests=0   | max-pending-requests must be at least 1, but was 0.
					max-in-memory-size=0B    | max-in-memory-size must be at least 1B
					bucket=_b                | bucket is invalid: '_b' cannot be the id of a bucket
					bucket=${NOT_THERE}      | bucket contains a placeholder that cannot be resolved: ${NOT_THERE}.
					headers.Host=a           | headers.Host is invalid
					password=s3cr3t          | password is set, but kinto.clients.audit.username is not.
					username=u               | username is set, but kinto.clients.audit.password is not.
					bearer-token=t0k3n s3cr3t | bearer-token is invalid
					""")
	void invalidPropertyIsReportedWithItsName(String property, String description) {
		this.contextRunner.withPropertyValues(PRIMARY, AUDIT, "kinto.clients.audit." + property).run((context) -> {
			FailureAnalysis analysis = analyze(context, new InvalidKintoPropertiesFailureAnalyzer(this.environment));
			assertThat(analysis.getDescription()).contains("\n    - kinto.clients.audit." + description)
				.contains("It is set in")
				.doesNotContain("s3cr3t");
			assertThat(analysis.getAction())
				.contains("kinto.clients.audit." + property.substring(0, property.indexOf('=')));
		});
	}

	@Test
	void invalidPropertiesOfAllClientsAreReportedAtOnce() {
		this.contextRunner
			.withPropertyValues(PRIMARY, AUDIT, "kinto.timeout=0", "kinto.clients.audit.timeout=0",
					"kinto.clients.[a.b].timeout=0")
			.run((context) -> assertThat(
					analyze(context, new InvalidKintoPropertiesFailureAnalyzer(this.environment)).getDescription())
				.contains("- kinto.timeout must", "- kinto.clients.audit.timeout must",
						"- kinto.clients.[a.b].timeout must"));
	}

	@Test
	void beansWithTheQualifierReplaceProperties() {
		try (StubServer server = object()) {
			this.contextRunner
				.withPropertyValues(PRIMARY, "kinto.clients.audit.username=${NOT_THERE}",
						"kinto.clients.audit.password=a")
				.withBean("server", StubServer.class, () -> server)
				.withUserConfiguration(QualifiedBeans.class)
				.run((context) -> {
					assertThat(context).hasNotFailed();
					create(template(context, "audit"));
					StubServer.Request request = server.takeRequest();
					assertThat(request.uri()).startsWith("/v1/buckets/own/");
					assertThat(request.header("Authorization")).isEqualTo("Bearer t0k3n");
					assertThat(request.header("X-order")).isEqualTo("a,b");
					assertThat(context.getBean(KintoTemplate.class).server()).isEqualTo("http://localhost:1/v1");
					assertThat(context.getBean("kintoCalls")).isNotSameAs(context.getBean("ownCalls"));
				});
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { QualifiedClient.class, Scan.class })
	void clientAndTemplateWithTheQualifierReplaceThoseOfTheProperties(Class<?> configuration) {
		this.contextRunner.withPropertyValues(PRIMARY, AUDIT).withUserConfiguration(configuration).run((context) -> {
			assertThat(context).hasNotFailed();
			QualifiedClient.Reports reports = context.getBean(QualifiedClient.Reports.class);
			assertThat(reports.template()).isSameAs(context.getBean("ownTemplate"));
			assertThat(reports.reactive().server()).isEqualTo("http://localhost:4/v1");
			assertThat(context.getBean(KintoTemplate.class).server()).isEqualTo("http://localhost:1/v1");
		});
	}

	@Test
	void beanWithTheQualifierThatWouldApplyToThePrimaryClientIsRejected() {
		this.contextRunner.withPropertyValues(PRIMARY, AUDIT)
			.withUserConfiguration(DefaultCandidate.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("The bean 'auditToken' has the qualifier 'audit', but the primary client would use it as"
						+ " well. Declare it with @Bean(defaultCandidate = false)."));
	}

	/**
	 * A second template that the application builds with the primary one is no default
	 * candidate, so neither template replaces the other.
	 */
	@Test
	void ownTemplateThatIsNoDefaultCandidateDoesNotReplaceThePrimaryOne() {
		ApplicationContextRunner runner = this.contextRunner.withUserConfiguration(SecondTemplate.class);
		runner.withPropertyValues(PRIMARY).run((context) -> {
			assertThat(context.getBean(KintoTemplate.class).server()).isEqualTo("http://localhost:1/v1");
			assertThat(template(context, "archive").server()).isEqualTo("http://localhost:5/v1");
		});
		runner.run((context) -> assertThat(context.getBean(KintoTemplate.class).server())
			.isEqualTo(context.getBean(EmbeddedKintoServer.class).url()));
	}

	private static KintoTemplate template(ApplicationContext context, String name) {
		return BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getAutowireCapableBeanFactory(),
				KintoTemplate.class, name);
	}

	private static void create(KintoTemplate kinto) {
		kinto.bucket().collection("posts").create("a", Map.of());
	}

	private static StubServer object() {
		return StubServer.answering(200, Map.of(), "{\"data\": {\"id\": \"a\", \"last_modified\": 5}}");
	}

	private static StubServer backoff() {
		return StubServer.answering(200, Map.of("Backoff", "30"), "{\"http_api_version\": \"1.23\"}");
	}

	private static KintoClient unreachable() {
		return KintoClient.builder((request) -> Mono.never()).build();
	}

	private static FailureAnalysis analyze(AssertableApplicationContext context, FailureAnalyzer analyzer) {
		FailureAnalysis analysis = analyzer.analyze(context.getStartupFailure());
		assertThat(analysis).as("analysis of " + context.getStartupFailure()).isNotNull();
		return analysis;
	}

	@Configuration(proxyBeanMethods = false)
	static class Consumer {

		@Autowired
		private KintoTemplate kinto;

		@Autowired
		private ReactiveKintoTemplate reactiveKinto;

		@Autowired
		private KintoOperations operations;

		@Autowired
		private ReactiveKintoOperations reactiveOperations;

		@Autowired
		private KintoClient kintoClient;

		@Autowired
		private ObjectProvider<KintoTemplate> provider;

		@Autowired
		private List<KintoTemplate> all;

		@Autowired
		@Qualifier("audit")
		private KintoTemplate audit;

		@Autowired
		@Qualifier("audit")
		private ReactiveKintoTemplate reactiveAudit;

		@Autowired
		@Qualifier("audit")
		private KintoOperations auditOperations;

		@Autowired
		@Qualifier("audit")
		private KintoClient auditClient;

		@Autowired
		@Qualifier("archive-2")
		private KintoTemplate archive;

	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryConsumer {

		PrimaryConsumer(KintoTemplate kinto) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherConsumer {

		OtherConsumer(StubServer server) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SlowTransport {

		@Bean(defaultCandidate = false)
		@Qualifier("slow")
		KintoTransport slow() {
			return (request) -> Mono.never();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class QualifiedBeans {

		@Bean(defaultCandidate = false)
		@Qualifier("audit")
		KintoConnectionDetails ownConnectionDetails(StubServer server) {
			return server::url;
		}

		@Bean(defaultCandidate = false)
		@Qualifier("audit")
		KintoAuthentication ownAuthentication() {
			return KintoAuthentication.bearer("t0k3n");
		}

		@Bean(defaultCandidate = false)
		@Qualifier("audit")
		KintoCalls ownCalls() {
			return new KintoCalls(new JsonMapper(), KintoOptions.of(), "own");
		}

		@Bean(defaultCandidate = false)
		@Qualifier("audit")
		@Order(2)
		KintoWebClientCustomizer second() {
			return (builder) -> builder.defaultHeaders((headers) -> headers.add("X-Order", "b"));
		}

		@Bean(defaultCandidate = false)
		@Qualifier("audit")
		@Order(1)
		KintoWebClientCustomizer first() {
			return (builder) -> builder.defaultHeaders((headers) -> headers.add("X-Order", "a"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class QualifiedClient {

		@Bean(defaultCandidate = false)
		@Qualifier("audit")
		KintoClient ownClient() {
			return KintoClient.builder("http://localhost:4/v1").build();
		}

		@Bean(defaultCandidate = false)
		@Qualifier("audit")
		KintoTemplate ownTemplate() {
			return new KintoTemplate(unreachable(), KintoCalls.defaults());
		}

		@Bean
		Reports reports(@Qualifier("audit") KintoTemplate template,
				@Qualifier("audit") ReactiveKintoTemplate reactive) {
			return new Reports(template, reactive);
		}

		record Reports(KintoTemplate template, ReactiveKintoTemplate reactive) {
		}

	}

	/**
	 * The metadata of scanned classes contains no methods.
	 */
	@Configuration(proxyBeanMethods = false)
	@ComponentScan(useDefaultFilters = false,
			includeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = QualifiedClient.class))
	static class Scan {

	}

	@Configuration(proxyBeanMethods = false)
	static class DefaultCandidate {

		@Bean
		@Qualifier("audit")
		KintoAuthentication auditToken() {
			return KintoAuthentication.bearer("t0k3n");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SecondTemplate {

		@Bean(defaultCandidate = false)
		@Qualifier("archive")
		KintoTemplate archive(KintoTemplate kinto) {
			return kinto.mutate().url("http://localhost:5/v1").build();
		}

	}

}
