package io.kintospring.boot.autoconfigure;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.kintospring.KintoObject;
import io.kintospring.KintoUrl;
import io.kintospring.boot.StubServer;
import io.kintospring.boot.health.KintoHealthIndicator;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.client.KintoObservationContext;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoOperations;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveKintoTemplate;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.boot.actuate.web.exchanges.HttpExchangeRepository;
import org.springframework.boot.actuate.web.exchanges.InMemoryHttpExchangeRepository;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.servlet.actuate.web.exchanges.HttpExchangesFilter;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Searches for credentials in everything that is logged at any level, thrown, printed,
 * published, observed and recorded.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretScanTests {

	/** A record, a batch of two records, an attachment, and the server information. */
	private static final String RECORD = """
			{"data": {"id": "x", "last_modified": 5},
			 "responses": [{"status": 200, "headers": {}, "body": {"data": {"id": "x", "last_modified": 5}}},
			               {"status": 404, "headers": {}, "body": {"code": 404, "errno": 110}}],
			 "filename": "f", "hash": "", "location": "f", "mimetype": "text/plain", "size": 10,
			 "http_api_version": "1.23", "settings": {"batch_max_requests": 25},
			 "capabilities": {"accounts": {}, "attachments": {"base_url": "http://localhost:1/"}}}""";

	private static final String PASSWORD = "pa55word";

	private static final String BASIC = Base64.getEncoder()
		.encodeToString(("u5er:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

	private static final String BASIC_OF_NAMED = Base64.getEncoder()
		.encodeToString("u5er:n4med".getBytes(StandardCharsets.UTF_8));

	private static final String[] SECRETS = { PASSWORD, BASIC, "t0ken", "h3ader", "n4med", BASIC_OF_NAMED, "0peration",
			"b4tch", "acc0unt" };

	/**
	 * Everything that can be recorded of the exchanges of an application's web server.
	 */
	private static final String[] RECORDED = { "management.endpoints.web.exposure.include=httpexchanges",
			"management.httpexchanges.recording.include=request-headers,response-headers,authorization-header,"
					+ "cookie-headers,remote-address,principal,session-id,time-taken",
			"kinto.retry.max-retries=0", "kinto.headers.X-Key=h3ader", "kinto.username=u5er",
			"kinto.password=" + PASSWORD };

	private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final Level level = this.root.getLevel();

	private final List<String> seen = new ArrayList<>();

	private final ObservationRegistry observations = ObservationRegistry.create();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(HttpClientAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class,
						WebClientAutoConfiguration.class, KintoAutoConfiguration.class))
		.withBean(ObservationRegistry.class, () -> this.observations)
		.withInitializer((context) -> context.addApplicationListener(
				(ApplicationListener<PayloadApplicationEvent<?>>) (event) -> see(event.getPayload())))
		.withPropertyValues("kinto.retry.delay=1ms", "kinto.retry.max-retries=1", "kinto.timeout=2s",
				"kinto.headers.X-Key=h3ader", "kinto.clients.audit.username=u5er",
				"kinto.clients.audit.password=n4med");

	@BeforeEach
	void logEverything() {
		this.root.setLevel(Level.TRACE);
		this.observations.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {

			@Override
			public void onStop(Observation.Context context) {
				see(context.getAllKeyValues());
				see(String.valueOf(context.getError()));
				if (context instanceof KintoObservationContext kinto) {
					see(kinto.toString());
				}
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
	}

	@AfterEach
	void restoreTheLevel() {
		this.root.setLevel(this.level);
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 401, 503 })
	void credentialsAreNotInAnything(int status, CapturedOutput output) {
		try (StubServer server = StubServer.answering(status, Map.of("Content-Type", "application/json", "Location",
				"http://localhost:1/", "Backoff", "1", "Alert", "{\"code\":\"soft-eol\",\"message\":\"m\"}"), RECORD)) {
			scan(server.url());
			verifyRequests(server, status);
		}
		assertThat(output.getAll()).contains("org.springframework");
		assertThat(output.getAll()).doesNotContain(SECRETS);
	}

	private static void verifyRequests(StubServer server, int status) {
		List<StubServer.Request> requests = new ArrayList<>();
		while (server.requests() > 0) {
			requests.add(server.takeRequest());
		}
		assertThat(requests).extracting(StubServer.Request::uri)
			.allSatisfy((uri) -> assertThat(uri).doesNotContain(SECRETS))
			.anySatisfy((uri) -> assertThat(uri).endsWith("/records/x"));
		if (status == 200) {
			assertThat(requests).extracting(StubServer.Request::uri)
				.contains("/v1/batch", "/v1/accounts/ann")
				.anySatisfy((uri) -> assertThat(uri).endsWith("/attachment"));
		}
		assertThat(requests)
			.flatExtracting((request) -> request.headers().values().stream().flatMap(List::stream).toList())
			.contains("0peration", "h3ader", "Bearer t0ken", "Basic " + BASIC, "Basic " + BASIC_OF_NAMED);
	}

	@Test
	void credentialsAreNotInErrorsOfAnUnreachableServer(CapturedOutput output) {
		scan("http://localhost:1/v1");
		assertThat(output.getAll()).doesNotContain(SECRETS);
	}

	/**
	 * Boot records the credentials of the caller if this is configured.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 200, 401 })
	void credentialsAreNotInExchangesThatSpringMvcRecords(int status) {
		try (StubServer server = StubServer.answering(status, Map.of(), RECORD)) {
			new WebApplicationContextRunner().withUserConfiguration(Application.class)
				.withPropertyValues(RECORDED)
				.withPropertyValues("kinto.url=" + server.url())
				.run((context) -> {
					MockMvcTester mvc = MockMvcTester.from(context,
							(builder) -> builder.addFilters(context.getBean(HttpExchangesFilter.class)).build());
					for (String path : new String[] { "/blocking", "/reactive" }) {
						mvc.get().uri(path).header(HttpHeaders.AUTHORIZATION, "Bearer caller").exchange();
						assertThat(server.takeRequest().header("Authorization")).isEqualTo("Basic " + BASIC);
					}
					verifyRecorded(
							mvc.get().uri("/actuator/httpexchanges").exchange().getResponse().getContentAsString());
				});
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 401 })
	void credentialsAreNotInExchangesThatSpringWebFluxRecords(int status) {
		try (StubServer server = StubServer.answering(status, Map.of(), RECORD)) {
			new ReactiveWebApplicationContextRunner().withUserConfiguration(Application.class)
				.withPropertyValues(RECORDED)
				.withPropertyValues("kinto.url=" + server.url())
				.run((context) -> {
					WebTestClient web = WebTestClient.bindToApplicationContext(context).build();
					web.get().uri("/reactive").header(HttpHeaders.AUTHORIZATION, "Bearer caller").exchange();
					assertThat(server.takeRequest().header("Authorization")).isEqualTo("Basic " + BASIC);
					verifyRecorded(web.get()
						.uri("/actuator/httpexchanges")
						.exchange()
						.expectBody(String.class)
						.returnResult()
						.getResponseBody());
				});
		}
	}

	private static void verifyRecorded(@Nullable String exchanges) {
		assertThat(exchanges).contains("/reactive", "Bearer caller").doesNotContain(SECRETS);
	}

	private void scan(String url) {
		List<String[]> authentications = List.of(new String[] { "kinto.username=u5er", "kinto.password=" + PASSWORD },
				new String[] { "kinto.bearer-token=t0ken" });
		for (String[] authentication : authentications) {
			contextRunner(url).withPropertyValues(authentication).run(this::use);
		}
		contextRunner(url).withBean(KintoAuthentication.class, () -> () -> Mono.just("Bearer t0ken")).run(this::use);
		assertThat(this.seen).isNotEmpty().allSatisfy((text) -> assertThat(text).doesNotContain(SECRETS));
	}

	private ApplicationContextRunner contextRunner(String url) {
		return this.contextRunner.withPropertyValues("kinto.url=" + url, "kinto.clients.audit.url=" + url);
	}

	private void use(ApplicationContext context) {
		ReactiveKintoTemplate reactive = context.getBean(ReactiveKintoTemplate.class);
		List.of(context.getBean(KintoProperties.class), reactive, reactive.state(), reactive.calls(),
				reactive.calls().options(), context.getBean(KintoTemplate.class),
				KintoUrl.of(reactive.state().server()), context.getBean(KintoCalls.class))
			.forEach(this::see);
		KintoOperations kinto = context.getBean(KintoTemplate.class);
		CollectionOperations<Map<String, Object>> records = kinto.bucket("b").collection("c");
		see(records.calls().get("x"));
		see(records.calls().get("x").request());
		attempt(kinto::fetchServerInfo);
		attempt(kinto::fetchHeartbeat);
		attempt(() -> records.get("x"));
		attempt(() -> records.create(Map.of("a", 1)));
		attempt(() -> records.update("x", (data) -> data));
		attempt(() -> records.delete("x"));
		attempt(() -> records.listAll());
		attempt(() -> records.stream().toList());
		attempt(() -> records.get("x", (r) -> r.header("X-Operation", "0peration")));
		attempt(() -> kinto.batch(records.calls().get("x"), records.calls().delete("y")));
		attempt(() -> kinto.batch(List.of(records.calls().get("x"), records.calls().delete("y")),
				(b) -> b.header("X-Batch", "b4tch")));
		attempt(() -> kinto.createAccount("ann", "acc0unt"));
		attempt(() -> kinto.changePassword("ann", "acc0unt"));
		attempt(() -> records.attachments().add("x", new ByteArrayResource(new byte[10]), (o) -> o.filename("f")));
		attempt(() -> reactive.bucket("b").collection("c").get("x").block(Duration.ofSeconds(30)));
		KintoTemplate audit = BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getAutowireCapableBeanFactory(),
				KintoTemplate.class, "audit");
		see(audit);
		attempt(() -> audit.bucket("b").collection("c").get("x"));
		try (KintoHealthIndicator health = new KintoHealthIndicator(reactive)) {
			attempt(() -> see(health.health().block(Duration.ofSeconds(30))));
		}
	}

	private void attempt(Runnable call) {
		try {
			call.run();
		}
		catch (RuntimeException ex) {
			StringWriter text = new StringWriter();
			ex.printStackTrace(new PrintWriter(text));
			see(text.toString());
		}
	}

	private void see(Object value) {
		this.seen.add(value.toString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Records.class)
	static class Application {

		@Bean
		HttpExchangeRepository exchanges() {
			return new InMemoryHttpExchangeRepository();
		}

	}

	@RestController
	static class Records {

		private final KintoTemplate kinto;

		private final ReactiveKintoTemplate reactive;

		Records(KintoTemplate kinto, ReactiveKintoTemplate reactive) {
			this.kinto = kinto;
			this.reactive = reactive;
		}

		@GetMapping("/blocking")
		String blocking() {
			return this.kinto.bucket("b").collection("c").get("x").id();
		}

		@GetMapping("/reactive")
		Mono<String> reactive() {
			return this.reactive.bucket("b").collection("c").get("x").map(KintoObject::id);
		}

	}

}
