package io.kintospring.boot.autoconfigure.endpoint;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;

import io.kintospring.boot.StubServer;
import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.embedded.EmbeddedKintoAutoConfiguration;
import io.kintospring.boot.endpoint.KintoEndpoint;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveKintoTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

class KintoEndpointAutoConfigurationTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=kinto";

	private static final String BASIC = Base64.getEncoder()
		.encodeToString("u5er:s3cr3t".getBytes(StandardCharsets.UTF_8));

	private static final String[] SECRETS = { "u5er", "s3cr3t", BASIC, "t0ken", "h3ader" };

	/** The name of an account is part of a property name, which Boot does not hide. */
	private static final String[] SECRET_VALUES = { "s3cr3t", BASIC, "t0ken", "h3ader" };

	private static final String[] WEB = { "management.endpoints.web.exposure.include=kinto,health,info,env,configprops",
			"management.endpoint.health.show-details=always", "management.info.kinto.enabled=true",
			"management.endpoint.health.group.readiness.include=readinessState,kinto", "kinto.headers.X-Key=h3ader" };

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EmbeddedKintoAutoConfiguration.class, KintoAutoConfiguration.class,
				KintoEndpointAutoConfiguration.class));

	private final WebApplicationContextRunner mvcRunner = new WebApplicationContextRunner()
		.withUserConfiguration(Application.class)
		.withPropertyValues(WEB);

	private final ReactiveWebApplicationContextRunner webFluxRunner = new ReactiveWebApplicationContextRunner()
		.withUserConfiguration(Application.class)
		.withPropertyValues(WEB);

	@Test
	void isNotExposedByDefault() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(KintoEndpoint.class));
	}

	@Test
	void isAvailableIfExposed() {
		this.contextRunner.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasSingleBean(KintoEndpoint.class));
	}

	@Test
	void isAbsentWithoutAccess() {
		this.contextRunner.withPropertyValues(EXPOSED, "management.endpoint.kinto.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(KintoEndpoint.class));
	}

	@Test
	void isAbsentWithoutReactiveTemplate() {
		this.contextRunner.withPropertyValues(EXPOSED)
			.withBean(KintoTemplate.class, () -> KintoTemplate.builder("http://localhost:1/v1").build())
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(KintoEndpoint.class));
	}

	@Test
	void ownEndpointReplacesTheAutoConfiguredOne() {
		KintoEndpoint own = new KintoEndpoint(Map.of());
		this.contextRunner.withPropertyValues(EXPOSED)
			.withBean(KintoEndpoint.class, () -> own)
			.run((context) -> assertThat(context).getBean(KintoEndpoint.class).isSameAs(own));
	}

	@Test
	void describesSettingsWithoutSendingRequests() {
		try (StubServer server = StubServer.answeringHello()) {
			this.contextRunner
				.withPropertyValues(EXPOSED, "kinto.url=" + server.url(), "kinto.name=main", "kinto.timeout=7s",
						"kinto.headers.X-Key=h3ader", "kinto.headers.accept=application/json")
				.run((context) -> {
					KintoEndpoint.ServerDescriptor described = describe(context, "kinto");
					assertThat(described.name()).isEqualTo("main");
					assertThat(described.url()).isEqualTo(server.url());
					assertThat(described.settings().authentication()).isEqualTo("none");
					assertThat(described.settings().headers()).containsExactly("accept", "X-Key");
					assertThat(described.settings().timeout()).hasSeconds(7);
					assertThat(described.serverInfo()).isNull();
					assertThat(described.signals()).isEmpty();
					assertThat(server.requests()).isZero();
				});
		}
	}

	@Test
	void describesWhatTheClientHasReceived() {
		this.contextRunner
			.withPropertyValues(EXPOSED, "kinto.embedded.settings.eos=2099-12-31",
					"kinto.embedded.settings.eos-message=Move", "kinto.embedded.settings.backoff=300")
			.run((context) -> {
				context.getBean(KintoTemplate.class).fetchServerInfo();
				KintoEndpoint.ServerDescriptor described = describe(context, "kinto");
				assertThat(described.remainingBackoff()).isPositive();
				assertThat(described.signals()).extracting(KintoEndpoint.SignalDescriptor::type)
					.containsExactlyInAnyOrder("backoff", "deprecation");
				assertThat(described.signals()).extracting(KintoEndpoint.SignalDescriptor::message).contains("Move");
				assertThat(described.serverInfo()).satisfies((info) -> {
					assertThat(info.endOfService()).isEqualTo("2099-12-31");
					assertThat(info.capabilities()).contains("history");
					assertThat(info.settings()).containsKey("batch_max_requests");
					assertThat(info.age()).isLessThan(Duration.ofMinutes(5));
					assertThat(info.expiresAt()).isEqualTo(info.receivedAt().plusSeconds(300));
				});
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "basic=kinto.username=u5er,kinto.password=s3cr3t", "bearer=kinto.bearer-token=t0ken",
			"header=kinto.headers.authorization=Bearer t0ken" })
	void describesTheKindOfAuthentication(String example) {
		String[] expectedAndProperties = example.split("=", 2);
		this.contextRunner.withPropertyValues(EXPOSED, "kinto.url=http://localhost:1/v1")
			.withPropertyValues(expectedAndProperties[1].split(","))
			.run((context) -> assertThat(describe(context, "kinto").settings().authentication())
				.isEqualTo(expectedAndProperties[0]));
	}

	@Test
	void describesOwnAuthenticationAsCustom() {
		this.contextRunner.withPropertyValues(EXPOSED, "kinto.url=http://localhost:1/v1")
			.withBean(KintoAuthentication.class, () -> () -> Mono.just("Bearer t0ken"))
			.run((context) -> assertThat(describe(context, "kinto").settings().authentication()).isEqualTo("custom"));
	}

	@Test
	void describesEachTemplateByName() {
		this.contextRunner.withPropertyValues(EXPOSED)
			.withBean("main", ReactiveKintoTemplate.class,
					() -> ReactiveKintoTemplate.builder("http://localhost:1/v1").build())
			.withBean("archive", ReactiveKintoTemplate.class,
					() -> ReactiveKintoTemplate.builder("http://localhost:2/v1").build())
			.run((context) -> {
				assertThat(describe(context, "main").url()).isEqualTo("http://localhost:1/v1");
				assertThat(describe(context, "archive").url()).isEqualTo("http://localhost:2/v1");
			});
	}

	@Test
	void describesNamedClientsWithoutAPrimaryOne() {
		this.contextRunner
			.withPropertyValues(EXPOSED, "kinto.embedded.enabled=false",
					"kinto.clients.audit.url=http://localhost:2/v1")
			.run((context) -> assertThat(describe(context, "audit").url()).isEqualTo("http://localhost:2/v1"));
	}

	private static KintoEndpoint.ServerDescriptor describe(ApplicationContext context, String name) {
		return context.getBean(KintoEndpoint.class).kinto().servers().get(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "kinto.username=u5er,kinto.password=s3cr3t,kinto.embedded.accounts.u5er=s3cr3t",
			"kinto.bearer-token=t0ken", "kinto.headers.authorization=Bearer t0ken" })
	void springMvcServesEndpointsWithoutSecrets(String credentials) {
		this.mvcRunner.withPropertyValues(credentials.split(",")).run((context) -> {
			MockMvcTester mvc = MockMvcTester.from(context);
			verify(context, (path) -> text(mvc.get().uri(path).exchange()));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "kinto.username=u5er,kinto.password=s3cr3t,kinto.embedded.accounts.u5er=s3cr3t",
			"kinto.bearer-token=t0ken", "kinto.headers.authorization=Bearer t0ken" })
	void springWebFluxServesEndpointsWithoutSecrets(String credentials) {
		this.webFluxRunner.withPropertyValues(credentials.split(",")).run((context) -> {
			WebTestClient web = WebTestClient.bindToApplicationContext(context).build();
			verify(context,
					(path) -> new String(web.get().uri(path).exchange().expectBody().returnResult().getResponseBody(),
							StandardCharsets.UTF_8));
		});
	}

	private static void verify(ApplicationContext context, Function<String, String> get) {
		AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
		JsonNode readiness = json(get.apply("/actuator/health/readiness"));
		assertThat(readiness.at("/status").asString()).isEqualTo("UP");
		assertThat(readiness.at("/components/readinessState/status").asString()).isEqualTo("UP");
		assertThat(readiness.at("/components/kinto/details/httpApiVersion").asString()).isEqualTo("1.23");
		JsonNode info = json(get.apply("/actuator/info"));
		assertThat(info.at("/kinto/httpApiVersion").asString()).isEqualTo("1.23");
		JsonNode server = json(get.apply("/actuator/kinto")).at("/servers/kinto");
		assertThat(server.at("/settings/timeout").asString()).isEqualTo("PT5S");
		assertThat(server.at("/settings/headers").toString()).contains("X-Key");
		assertThat(server.at("/serverInfo/httpApiVersion").asString()).isEqualTo("1.23");
		for (String path : new String[] { "health/readiness", "health", "info", "kinto" }) {
			assertThat(get.apply("/actuator/" + path)).contains("1.23").doesNotContain(SECRETS);
		}
		for (String path : new String[] { "env", "configprops" }) {
			assertThat(get.apply("/actuator/" + path)).contains("kinto").doesNotContain(SECRET_VALUES);
		}
		context.getBean(EmbeddedKintoServer.class).faults().fail(10, (requests) -> requests.path("/"), 503);
		assertThat(get.apply("/actuator/health/readiness")).contains("OUT_OF_SERVICE").doesNotContain(SECRETS);
	}

	private static JsonNode json(String text) {
		return JsonMapper.shared().readTree(text);
	}

	private static String text(MvcTestResult result) {
		try {
			return result.getResponse().getContentAsString();
		}
		catch (UnsupportedEncodingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
