package io.kintospring.boot.autoconfigure.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.kintospring.boot.ForkedJvm;
import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.KintoConnectionDetails;
import io.kintospring.boot.autoconfigure.KintoProperties;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.devtools.restart.RestartScopeInitializer;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the embedded server with Spring Boot's developer tools.
 */
@Timeout(120)
class RestartedServerTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withInitializer(new RestartScopeInitializer())
		.withConfiguration(AutoConfigurations.of(EmbeddedKintoAutoConfiguration.class, KintoAutoConfiguration.class,
				RestartedServerAutoConfiguration.class));

	/**
	 * The restarter is static, and applications of other tests set it.
	 */
	@BeforeEach
	@AfterEach
	void clearRestarter() {
		Restarter.clearInstance();
	}

	@Test
	void serverIsKeptOverRestartsAndStopsWithTheApplication() throws Exception {
		ForkedJvm application = ForkedJvm.run(RestartedApplication.class, (entry) -> true,
				"--spring.devtools.livereload.enabled=false");
		// 1 in applications that end by themselves, because the developer tools end the
		// main thread with an exception
		assertThat(application.exitCode()).as(application.output()).isLessThanOrEqualTo(1);
		List<String> starts = application.output().lines().filter((line) -> line.startsWith("start=")).toList();
		assertThat(starts).as(application.output()).hasSize(3);
		String first = url(starts.get(0));
		assertThat(starts.get(0)).contains("start=1", "buckets=1");
		assertThat(starts.get(1)).contains("start=3", "url=" + first, "buckets=2");
		assertThat(starts.get(2)).contains("start=4", "buckets=1").doesNotContain("url=" + first + " ");
		assertThat(application.output()).contains("The second start of Embedded Kinto server at " + first)
			.contains("running=false");
	}

	@Test
	void contextsDoNotShareAServerWhenRestartsAreDisabled() {
		Restarter.disable();
		eachContextHasItsOwnServer(this.contextRunner);
	}

	@Test
	void contextsDoNotShareAServerWithoutDeveloperTools() {
		Restarter.initialize(new String[0], false, (thread) -> new URL[0], false);
		eachContextHasItsOwnServer(this.contextRunner.withClassLoader(new FilteredClassLoader(Restarter.class)));
	}

	private static void eachContextHasItsOwnServer(ApplicationContextRunner contextRunner) {
		contextRunner.run((one) -> contextRunner.run((other) -> {
			assertThat(one).doesNotHaveBean(RestartedServer.class);
			assertThat(other.getBean(EmbeddedKintoServer.class)).isNotSameAs(one.getBean(EmbeddedKintoServer.class));
		}));
	}

	@Test
	void nextApplicationHasAnotherServerAfterTheContextIsClosed() {
		Restarter.initialize(new String[0], false, (thread) -> new URL[0], false);
		AtomicReference<EmbeddedKintoServer> first = new AtomicReference<>();
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(RestartedServer.class);
			context.getBean(KintoTemplate.class).buckets().create("blog");
			first.set(context.getBean(EmbeddedKintoServer.class));
		});
		this.contextRunner.run((context) -> {
			assertThat(context.getBean(EmbeddedKintoServer.class)).isNotSameAs(first.get());
			assertThat(context.getBean(KintoTemplate.class).buckets().list().data()).isEmpty();
		});
	}

	@Test
	void serverIsKeptUntilTheApplicationIsCorrected() {
		Restarter.initialize(new String[0], false, (thread) -> new URL[0], false);
		EmbeddedKintoServer kept = keptServer(this.contextRunner);
		this.contextRunner.run((context) -> assertThat(context.getBean(EmbeddedKintoServer.class)).isSameAs(kept));
	}

	@Test
	void contextDoesNotUseTheServerOfAnother() {
		Restarter.initialize(new String[0], false, (thread) -> new URL[0], false);
		this.contextRunner.run((one) -> {
			EmbeddedKintoServer server = one.getBean(EmbeddedKintoServer.class);
			this.contextRunner.run((other) -> assertThat(other.getBean(EmbeddedKintoServer.class)).isNotSameAs(server));
			this.contextRunner.withPropertyValues("kinto.url=http://localhost:1/v1")
				.run((other) -> assertThat(other).hasNotFailed());
			assertThat(isRunning(server)).isTrue();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "kinto.url=http://localhost:1/v1", "kinto.embedded.enabled=false" })
	void serverIsStoppedIfAPropertyDisablesIt(String property) {
		Restarter.initialize(new String[0], false, (thread) -> new URL[0], false);
		EmbeddedKintoServer kept = keptServer(this.contextRunner);
		this.contextRunner.withPropertyValues(property).run((context) -> assertThat(isRunning(kept)).isFalse());
	}

	@Test
	void serverIsStoppedIfTheApplicationHasConnectionDetails() {
		Restarter.initialize(new String[0], false, (thread) -> new URL[0], false);
		EmbeddedKintoServer kept = keptServer(this.contextRunner);
		this.contextRunner.withBean(KintoConnectionDetails.class, () -> () -> "http://localhost:1/v1")
			.run((context) -> assertThat(isRunning(kept)).isFalse());
	}

	@Test
	void portAndDataFileAreFreeForTheServerOfTheApplication(@TempDir Path folder) {
		Restarter.initialize(new String[0], false, (thread) -> new URL[0], false);
		Path file = folder.resolve("kinto.json");
		EmbeddedKintoServer kept = keptServer(
				this.contextRunner.withPropertyValues("kinto.embedded.data-file=" + file));
		this.contextRunner
			.withBean(EmbeddedKintoServer.class,
					() -> EmbeddedKintoServer.builder().port(kept.port()).dataFile(file).start())
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void initialDataIsReadOnce() {
		Restarter.initialize(new String[0], false, (thread) -> new URL[0], false);
		AtomicInteger reads = new AtomicInteger();
		Resource data = new ByteArrayResource(
				"{\"buckets\": {\"blog\": {\"permissions\": {\"read\": [\"system.Everyone\"]}}}}"
					.getBytes(StandardCharsets.UTF_8)) {

			@Override
			public byte[] getContentAsByteArray() throws IOException {
				reads.incrementAndGet();
				return super.getContentAsByteArray();
			}

		};
		this.contextRunner.withBean(BeanPostProcessor.class, () -> new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				if (bean instanceof KintoProperties properties) {
					properties.getEmbedded().setInitialData(data);
				}
				return bean;
			}

		}).run((context) -> {
			assertThat(context.getBean(KintoTemplate.class).buckets().list().data()).hasSize(1);
			assertThat(reads).hasValue(1);
		});
	}

	/**
	 * Return the server of a context that fails to start, as during a restart.
	 */
	private static EmbeddedKintoServer keptServer(ApplicationContextRunner contextRunner) {
		AtomicReference<EmbeddedKintoServer> server = new AtomicReference<>();
		contextRunner.withUserConfiguration(FailingConfiguration.class)
			.withBean("server", AtomicReference.class, () -> server)
			.run((context) -> assertThat(context).hasFailed());
		assertThat(isRunning(server.get())).isTrue();
		return server.get();
	}

	private static boolean isRunning(EmbeddedKintoServer server) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class FailingConfiguration {

		@Bean
		InitializingBean failure(EmbeddedKintoServer running, AtomicReference<EmbeddedKintoServer> server) {
			return () -> {
				server.set(running);
				throw new IllegalStateException("This context fails to start");
			};
		}

	}

	private static String url(String start) {
		return start.replaceFirst(".* url=(\\S+) .*", "$1");
	}

}
