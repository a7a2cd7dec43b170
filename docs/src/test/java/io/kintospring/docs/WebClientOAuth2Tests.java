package io.kintospring.docs;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoTransportException;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.server.KintoUser;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveKintoTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for OAuth2, with a token endpoint and a server that accepts only its last token.
 */
@Timeout(60)
class WebClientOAuth2Tests {

	private static final String SECRET = "c1ient-s3cret";

	private final CountDownLatch late = new CountDownLatch(1);

	private final AtomicInteger tokens = new AtomicInteger();

	private volatile int lifetime = 3600;

	private volatile String accepted = "";

	private final LoopbackServer authorization = new LoopbackServer((request) -> {
		if (this.lifetime < 0) {
			awaited(this.late);
		}
		if (this.lifetime == 0) {
			return new LoopbackServer.Response(401, "{\"error\": \"invalid_client\"}");
		}
		String token = "token-" + this.tokens.incrementAndGet();
		this.accepted = "Bearer " + token;
		return new LoopbackServer.Response(200, "{\"access_token\": \"" + token
				+ "\", \"token_type\": \"Bearer\", \"expires_in\": " + this.lifetime + "}");
	});

	private final LoopbackServer server = new LoopbackServer(
			(request) -> this.accepted.equals(request.header("Authorization"))
					? new LoopbackServer.Response(200, LoopbackServer.HELLO)
					: new LoopbackServer.Response(401, "{\"code\": 401, \"errno\": 104, \"error\": \"Unauthorized\"}"));

	private final String[] properties = {
			"spring.security.oauth2.client.provider.kinto.token-uri=" + this.authorization.url() + "/token",
			"kinto.url=" + this.server.url() + "/v1", "KINTO_CLIENT_SECRET=" + SECRET, "server.port=0",
			"server.address=127.0.0.1" };

	private final WebApplicationContextRunner servletRunner = servletRunner(ServletApplication.class);

	private final ReactiveWebApplicationContextRunner reactiveRunner = new ReactiveWebApplicationContextRunner()
		.withUserConfiguration(ReactiveApplication.class)
		.withPropertyValues(
				Page.named("webclient.md").properties("spring.security.oauth2.client.provider.kinto.token-uri"))
		.withPropertyValues(this.properties);

	private static void awaited(CountDownLatch latch) {
		try {
			latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@AfterEach
	void close() {
		this.late.countDown();
		this.authorization.close();
		this.server.close();
	}

	@Test
	void tokenIsFetchedOnceAndSentByTheBlockingTemplateOfAServletApplication() {
		this.servletRunner.run((context) -> {
			assertThat(send("GET", context).body()).isEqualTo("kinto");
			assertThat(send("GET", context).body()).isEqualTo("kinto");
			assertThat(context.getBean(KintoTemplate.class).fetchServerInfo().projectName()).isEqualTo("kinto");
			assertThat(this.server.requests()).hasSize(3)
				.allSatisfy((request) -> assertThat(request.header("Authorization")).isEqualTo("Bearer token-1"));
			assertThat(this.authorization.requests()).singleElement().satisfies((request) -> {
				assertThat(request.path()).isEqualTo("/token");
				assertThat(request.header("Authorization")).startsWith("Basic ");
				assertThat(request.body()).contains("grant_type=client_credentials").contains("scope=records");
			});
		});
	}

	@Test
	void endpointsOfTheApplicationAreOpenOnlyWithTheSecurityConfigurationOfThePage() {
		this.servletRunner.run((context) -> assertThat(send("POST", context).statusCode()).isEqualTo(200));
		servletRunner(ServletApplicationWithDefaults.class).run((context) -> {
			assertThat(send("GET", context).statusCode()).isIn(302, 401, 403);
			assertThat(context.getBean(KintoTemplate.class).fetchServerInfo().projectName()).isEqualTo("kinto");
		});
		servletRunner(ServletApplicationWithCsrfProtection.class).run((context) -> {
			assertThat(send("GET", context).statusCode()).isEqualTo(200);
			assertThat(send("POST", context).statusCode()).isEqualTo(403);
		});
	}

	private WebApplicationContextRunner servletRunner(Class<?> application) {
		return new WebApplicationContextRunner(AnnotationConfigServletWebServerApplicationContext::new)
			.withUserConfiguration(application)
			.withPropertyValues(
					Page.named("webclient.md").properties("spring.security.oauth2.client.provider.kinto.token-uri"))
			.withPropertyValues(this.properties);
	}

	@Test
	void tokenIdentifiesAUserOfTheEmbeddedServer() {
		try (EmbeddedKintoServer embedded = EmbeddedKintoServer.builder().bearerToken("token-1", "notes").start()) {
			this.servletRunner.withPropertyValues("kinto.url=" + embedded.url()).run((context) -> {
				KintoTemplate kinto = context.getBean(KintoTemplate.class);
				assertThat(kinto.fetchUser()).get().extracting(KintoUser::id).isEqualTo("openid:notes");
				kinto.buckets().create("blog");
			});
		}
	}

	@Test
	void usersOfAReactiveApplicationShareTheToken() {
		this.reactiveRunner.run((context) -> {
			ReactiveKintoTemplate kinto = context.getBean(ReactiveKintoTemplate.class);
			for (String name : List.of("ann", "bob")) {
				Authentication user = UsernamePasswordAuthenticationToken.authenticated(name, "n/a",
						AuthorityUtils.NO_AUTHORITIES);
				assertThat(kinto.fetchServerInfo()
					.contextWrite(ReactiveSecurityContextHolder.withAuthentication(user))
					.block()
					.projectName()).isEqualTo("kinto");
			}
			assertThat(this.authorization.requests()).hasSize(1);
		});
	}

	@Test
	void tokenThatIsAboutToExpireIsRenewed() {
		this.lifetime = 30;
		this.servletRunner.run((context) -> {
			KintoTemplate kinto = context.getBean(KintoTemplate.class);
			kinto.fetchServerInfo();
			kinto.fetchServerInfo();
			assertThat(this.server.requests()).extracting((request) -> request.header("Authorization"))
				.doesNotHaveDuplicates()
				.hasSize(2);
			assertThat(this.authorization.requests()).hasSize(4);
		});
	}

	@Test
	void tokenThatTheServerRefusesIsNotUsedAgain() {
		this.servletRunner.run((context) -> {
			KintoTemplate kinto = context.getBean(KintoTemplate.class);
			kinto.fetchServerInfo();
			this.accepted = "revoked";
			assertThatExceptionOfType(KintoAccessDeniedException.class).isThrownBy(kinto::fetchServerInfo);
			assertThat(kinto.fetchServerInfo().projectName()).isEqualTo("kinto");
			assertThat(this.authorization.requests()).hasSize(2);
		});
	}

	@Test
	void callFailsWhereThereIsNoToken() {
		this.lifetime = 0;
		this.servletRunner.run((context) -> {
			KintoTemplate kinto = context.getBean(KintoTemplate.class);
			assertThatExceptionOfType(KintoTransportException.class).isThrownBy(kinto::fetchServerInfo)
				.withMessageContaining("invalid_client")
				.satisfies((ex) -> assertThat(stackTrace(ex)).doesNotContain(SECRET));
			assertThat(this.server.requests()).isEmpty();
		});
	}

	@Test
	void waitingForTheTokenCountsAgainstTheTimeout() {
		this.lifetime = -1;
		this.servletRunner.withPropertyValues("kinto.timeout=300ms").run((context) -> {
			KintoTemplate kinto = context.getBean(KintoTemplate.class);
			assertThatExceptionOfType(KintoTransportException.class).isThrownBy(kinto::fetchServerInfo)
				.withMessageContaining("300 ms");
			assertThat(this.server.requests()).isEmpty();
		});
	}

	@Test
	void tokenReplacesTheHeaderOfTheClient() {
		this.servletRunner.withPropertyValues("kinto.bearer-token=other").run((context) -> {
			context.getBean(KintoTemplate.class).fetchServerInfo();
			assertThat(this.server.requests()).singleElement()
				.satisfies((request) -> assertThat(request.headers().get("Authorization"))
					.containsExactly("Bearer token-1"));
		});
	}

	private static String stackTrace(Throwable ex) {
		StringWriter text = new StringWriter();
		ex.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

	private static HttpResponse<String> send(String method, AssertableWebApplicationContext context)
			throws IOException, InterruptedException {
		int port = context.getSourceApplicationContext(AnnotationConfigServletWebServerApplicationContext.class)
			.getWebServer()
			.getPort();
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/project"))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ KintoOAuth2Configuration.class, Projects.class })
	static class ServletApplication {

		@Bean
		SecurityFilterChain applicationSecurity(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
				.csrf((csrf) -> csrf.disable())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ KintoOAuth2Configuration.class, Projects.class })
	static class ServletApplicationWithDefaults {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ KintoOAuth2Configuration.class, Projects.class })
	static class ServletApplicationWithCsrfProtection {

		@Bean
		SecurityFilterChain applicationSecurity(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(KintoOAuth2Configuration.class)
	static class ReactiveApplication {

		@Bean
		SecurityWebFilterChain applicationSecurity(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
				.csrf((csrf) -> csrf.disable())
				.build();
		}

	}

	@RestController
	static class Projects {

		private final KintoTemplate kinto;

		Projects(KintoTemplate kinto) {
			this.kinto = kinto;
		}

		@RequestMapping("/project")
		String project() {
			return Objects.requireNonNull(this.kinto.fetchServerInfo().projectName());
		}

	}

}
