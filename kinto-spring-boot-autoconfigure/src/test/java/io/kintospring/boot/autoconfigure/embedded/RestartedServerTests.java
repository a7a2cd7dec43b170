package io.kintospring.boot.autoconfigure.embedded;

import java.net.URL;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.kintospring.boot.ForkedJvm;
import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.devtools.restart.RestartScopeInitializer;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the embedded server with Spring Boot's developer tools.
 */
@Timeout(120)
class RestartedServerTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withInitializer(new RestartScopeInitializer())
		.withConfiguration(AutoConfigurations.of(EmbeddedKintoAutoConfiguration.class, KintoAutoConfiguration.class));

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

	private static String url(String start) {
		return start.replaceFirst(".* url=(\\S+) .*", "$1");
	}

}
