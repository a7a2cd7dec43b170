package io.kintospring.boot.autoconfigure.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.kintospring.boot.StubServer;
import io.kintospring.boot.event.KintoConfigChangedEvent;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.template.BucketOperations;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.autoconfigure.ConfigurationPropertiesRebinderAutoConfiguration;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the watch of imported configuration.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class KintoConfigWatchTests {

	/** No record can have the name of this profile in its id. */
	private static final String WITHOUT_PROFILES = "spring.profiles.active=eu.west";

	private final EmbeddedKintoServer server = EmbeddedKintoServer.start();

	private final KintoTemplate kinto = KintoTemplate.builder(this.server.url())
		.authentication(KintoAuthentication.basic("ann", "s3cr3t"))
		.build();

	private final BucketOperations bucket = this.kinto.bucket("main");

	private final CollectionOperations<Map<String, Object>> records = this.bucket.collection("config");

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withInitializer(new ConfigDataApplicationContextInitializer())
		.withConfiguration(AutoConfigurations.of(KintoConfigWatchAutoConfiguration.class))
		.withUserConfiguration(Changes.class)
		.withPropertyValues("kinto.url=" + this.server.url(), "kinto.username=ann", "kinto.password=s3cr3t",
				"kinto.config.watch.interval=20ms", WITHOUT_PROFILES);

	private final ApplicationContextRunner watching = this.contextRunner
		.withPropertyValues("kinto.config.watch.enabled=true");

	@BeforeEach
	void createCollection() {
		this.kinto.buckets().create("main");
		this.bucket.collections().create("config");
	}

	@AfterEach
	void close() {
		this.kinto.close();
		this.server.close();
	}

	@Test
	void doesNotWatchByDefault() {
		this.records.create("app", Map.of("a", 1));
		this.contextRunner.withPropertyValues(imports("kinto:main/config/app"))
			.run((context) -> assertThat(context).doesNotHaveBean(KintoConfigWatch.class));
	}

	@Test
	void changedRecordIsPublishedAndVisibleInTheEnvironment() {
		this.records.create("app", Map.of("same", 1, "changed", 1, "removed", Map.of("x", 1)));
		this.watching.withPropertyValues(imports("kinto:main/config/app")).run((context) -> {
			this.records.replace("app", Map.of("same", 1, "changed", 2, "added", List.of("y")));
			assertThat(keys(context)).containsExactlyInAnyOrder("changed", "removed.x", "added[0]");
			assertThat(List.of("same", "changed", "added[0]")).map(context.getEnvironment()::getProperty)
				.containsExactly("1", "2", "y");
			assertThat(context.getEnvironment().getProperty("removed.x")).isNull();
		});
	}

	@Test
	void changesOfACollectionArePublishedTogether() {
		this.records.create("mail", Map.of("host", "a"));
		this.records.create("old", Map.of("x", 1));
		this.watching.withPropertyValues(imports("kinto:main/config")).run((context) -> {
			this.kinto.batch(this.records.calls().replace("mail", Map.of("host", "b")),
					this.records.calls().delete("old"), this.records.calls().create("new", Map.of("y", 2)));
			Set<String> keys = keys(context);
			while (!keys.containsAll(Set.of("mail.host", "old.x", "new.y"))) {
				keys.addAll(keys(context));
			}
			assertThat(context.getEnvironment().getProperty("mail.host")).isEqualTo("b");
			assertThat(context.getEnvironment().getProperty("new.y")).isEqualTo("2");
			assertThat(context.getEnvironment().getProperty("old.x")).isNull();
		});
	}

	/**
	 * On PostgreSQL, a change can become visible after a change with a newer version.
	 */
	@Test
	void changeThatDoesNotChangeTheVersionOfTheListIsPublished() {
		AtomicReference<String> data = new AtomicReference<>("{\"id\":\"mail\",\"last_modified\":9000,\"host\":\"a\"}");
		try (StubServer server = list(data)) {
			this.watching
				.withPropertyValues("kinto.url=" + server.url(), "kinto.changes.settle-time=1h",
						imports("kinto:main/config"))
				.run((context) -> {
					data.set(data.get() + ",{\"id\":\"late\",\"last_modified\":8000,\"x\":1}");
					assertThat(keys(context)).containsExactly("late.x");
				});
			while (server.requests() > 0) {
				assertThat(server.takeRequest().header("If-none-match")).isEmpty();
			}
		}
	}

	@Test
	void versionOfTheListIsComparedAfterTheSettleTime() {
		try (StubServer server = list(
				new AtomicReference<>("{\"id\":\"mail\",\"last_modified\":9000,\"host\":\"a\"}"))) {
			this.watching
				.withPropertyValues("kinto.url=" + server.url(), "kinto.changes.settle-time=50ms",
						imports("kinto:main/config"))
				.run((context) -> {
					assertThat(server.takeRequest().header("If-none-match")).isEmpty();
					assertThat(server.takeRequest().header("If-none-match")).isEmpty();
					await().until(() -> server.takeRequest().header("If-none-match").equals("\"9000\""));
				});
		}
	}

	private static StubServer list(AtomicReference<String> data) {
		return StubServer.answering(Map.of("ETag", "\"9000\""), () -> "{\"data\":[" + data + "]}");
	}

	@Test
	void changeWithoutOtherValuesIsNotPublished() {
		this.records.create("app", Map.of("a", 1, "b", 1));
		this.watching.withPropertyValues(imports("kinto:main/config/app")).run((context) -> {
			this.records.replace("app", Map.of("a", 1, "b", 1));
			this.records.patch("app", Map.of("b", 2));
			assertThat(keys(context)).containsExactly("b");
		});
	}

	@Test
	void objectThatIsCreatedLaterIsImported() {
		this.records.create("app", Map.of("a", "base"));
		this.watching.withPropertyValues("spring.profiles.active=prod")
			.withPropertyValues(imports("kinto:main/config/app,optional:kinto:main/later"))
			.run((context) -> {
				this.records.create("app-prod", Map.of("a", "prod"));
				assertThat(keys(context)).containsExactly("a");
				assertThat(context.getEnvironment().getProperty("a")).isEqualTo("prod");
				this.bucket.collections().create("later");
				this.bucket.collection("later").create("x", Map.of("y", 1));
				assertThat(keys(context)).containsExactly("x.y");
				this.records.delete("app-prod");
				assertThat(keys(context)).containsExactly("a");
				assertThat(context.getEnvironment().getProperty("a")).isEqualTo("base");
			});
	}

	@Test
	void propertiesAreKeptIfARequiredRecordIsDeleted(CapturedOutput output) {
		this.records.create("app", Map.of("a", 1));
		this.watching.withPropertyValues(imports("kinto:main/config/app")).run((context) -> {
			this.records.delete("app");
			await().until(() -> warnings(output) > 0);
			assertThat(context.getEnvironment().getProperty("a")).isEqualTo("1");
			this.records.create("app", Map.of("a", 2), (options) -> options.safe(false));
			assertThat(keys(context)).containsExactly("a");
		});
		assertThat(warnings(output)).isOne();
	}

	@Test
	void failuresAreLoggedOnceAndPollsAreRepeated(CapturedOutput output) {
		this.records.create("app", Map.of("a", 1));
		this.watching.withPropertyValues(imports("kinto:main/config/app")).run((context) -> {
			this.server.faults().fail(5, (request) -> request.method("GET"), 500);
			await().until(() -> output.getOut().contains("can be read again"));
			this.records.patch("app", Map.of("a", 2));
			assertThat(keys(context)).containsExactly("a");
		});
		assertThat(warnings(output)).isOne();
		assertThat(output).doesNotContain("s3cr3t");
	}

	@Test
	void propertiesAreKeptIfTheyBecomeUnusable(CapturedOutput output) {
		this.records.create("app", Map.of("a", Map.of("b", 1)));
		this.watching.withPropertyValues(imports("kinto:main/config/app")).run((context) -> {
			this.records.replace("app", Map.of("a", Map.of("b", 1), "a.b", 2));
			await().until(() -> warnings(output) > 0);
			assertThat(output).contains("several of its fields have the property name 'a.b'");
			assertThat(context.getEnvironment().getProperty("a.b")).isEqualTo("1");
		});
	}

	@Test
	void failureOfAListenerDoesNotEndTheWatch(CapturedOutput output) {
		this.records.create("app", Map.of("a", 1));
		this.watching.withUserConfiguration(FailingListener.class)
			.withPropertyValues(imports("kinto:main/config/app"))
			.run((context) -> {
				this.records.patch("app", Map.of("a", "t0k3n"));
				await().until(() -> output.getOut().contains("failed with java.lang.IllegalStateException"));
				this.records.patch("app", Map.of("a", 3));
				await().until(() -> "3".equals(context.getEnvironment().getProperty("a")));
			});
		assertThat(output).doesNotContain("t0k3n");
	}

	@Test
	void backoffOfTheServerPausesTheWatch() {
		this.records.create("app", Map.of("a", 1));
		this.watching.withPropertyValues(imports("kinto:main/config/app")).run((context) -> {
			this.server.faults()
				.fail(1, (request) -> request.path("/buckets/main/collections/config/records/app"), 503,
						Duration.ofSeconds(3600));
			KintoConfigWatch watch = context.getBean(KintoConfigWatch.class);
			await().until(watch::isPaused);
			this.records.patch("app", Map.of("a", 2));
			assertThat(context.getBean(Changes.class).events.poll(300, TimeUnit.MILLISECONDS)).isNull();
		});
	}

	@Test
	void watchEndsWithTheContext() {
		this.records.create("app", Map.of("a", 1));
		this.watching.withPropertyValues(imports("kinto:main/config/app"))
			.run((context) -> assertThat(watchThreads()).isOne());
		await().until(() -> watchThreads() == 0);
	}

	@Test
	void watchEndsWhileItWaitsForAResponse(CapturedOutput output) {
		this.records.create("app", Map.of("a", 1));
		this.watching.withPropertyValues("kinto.timeout=50s", "kinto.config.timeout=50s")
			.withPropertyValues(imports("kinto:main/config/app"))
			.run((context) -> this.server.faults().delay(100, Duration.ofSeconds(50), (request) -> request));
		await().until(() -> watchThreads() == 0);
		assertThat(warnings(output)).isZero();
	}

	@Test
	void springCloudBindsPropertiesAgainBeforeOtherListenersRun() {
		this.records.create("app", Map.of("demo", Map.of("text", "old", "size", 1)));
		this.watching
			.withConfiguration(AutoConfigurations.of(RefreshAutoConfiguration.class,
					ConfigurationPropertiesRebinderAutoConfiguration.class))
			.withUserConfiguration(Demo.class)
			.withPropertyValues(imports("kinto:main/config/app"))
			.run((context) -> {
				assertThat(context.getBean(DemoProperties.class).getText()).isEqualTo("old");
				assertThat(context.getBean(Scoped.class).text()).isEqualTo("old");
				this.records.replace("app", Map.of("demo", Map.of("text", "new")));
				assertThat(keys(context)).containsExactlyInAnyOrder("demo.text", "demo.size");
				assertThat(context.getBean(Changes.class).texts).containsExactly("new");
				assertThat(context.getBean(DemoProperties.class).getSize()).isZero();
				assertThat(context.getBean(Scoped.class).text()).isEqualTo("new");
			});
	}

	@Test
	void watchContinuesAfterARefreshOfSpringCloud() throws InterruptedException {
		this.records.create("app", Map.of("a", 1));
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(RefreshedApplication.class)
			.web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.run("--kinto.url=" + this.server.url(), "--kinto.username=ann", "--kinto.password=s3cr3t",
					"--kinto.config.watch.enabled=true", "--kinto.config.watch.interval=20ms",
					"--spring.config.import=kinto:main/config/app")) {
			PropertySource<?> before = context.getEnvironment().getPropertySources().get("kinto:main/config/app");
			context.getBean(ContextRefresher.class).refresh();
			assertThat(context.getEnvironment().getPropertySources().get("kinto:main/config/app")).isNotSameAs(before);
			this.records.patch("app", Map.of("a", 2));
			assertThat(keys(context)).containsExactly("a");
			assertThat(context.getEnvironment().getProperty("a")).isEqualTo("2");
		}
	}

	@Test
	void watchRequiresNoSpringCloud() {
		this.records.create("app", Map.of("a", 1));
		this.watching.withClassLoader(new FilteredClassLoader("org.springframework.cloud"))
			.withPropertyValues(imports("kinto:main/config/app"))
			.run((context) -> {
				assertThat(context).hasSingleBean(KintoConfigWatch.class).doesNotHaveBean(KintoConfigRefresher.class);
				this.records.patch("app", Map.of("a", 2));
				assertThat(keys(context)).containsExactly("a");
			});
	}

	private static String imports(String locations) {
		return "spring.config.import=" + locations;
	}

	/**
	 * Wait for the next event.
	 */
	private static Set<String> keys(ApplicationContext context) throws InterruptedException {
		KintoConfigChangedEvent event = context.getBean(Changes.class).events.poll(20, TimeUnit.SECONDS);
		assertThat(event).as("event").isNotNull();
		return new TreeSet<>(event.keys());
	}

	private static long warnings(CapturedOutput output) {
		return output.getOut().lines().filter((line) -> line.contains("so its properties are kept")).count();
	}

	private static long watchThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("kinto-config-watch"))
			.count();
	}

	@Configuration(proxyBeanMethods = false)
	static class Changes {

		private final BlockingQueue<KintoConfigChangedEvent> events = new LinkedBlockingQueue<>();

		private final List<String> texts = new CopyOnWriteArrayList<>();

		private final ObjectProvider<DemoProperties> demo;

		Changes(ObjectProvider<DemoProperties> demo) {
			this.demo = demo;
		}

		@EventListener
		void onChange(KintoConfigChangedEvent event) {
			this.demo.ifAvailable((properties) -> this.texts.add(properties.getText()));
			this.events.add(event);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ KintoConfigWatchAutoConfiguration.class, RefreshAutoConfiguration.class })
	@Import(Changes.class)
	static class RefreshedApplication {

	}

	@Configuration(proxyBeanMethods = false)
	static class FailingListener {

		@EventListener
		void onChange(KintoConfigChangedEvent event) {
			throw new IllegalStateException("t0k3n");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(DemoProperties.class)
	static class Demo {

		@Bean
		@RefreshScope
		Scoped scoped(Environment environment) {
			return new Scoped(environment.getProperty("demo.text"));
		}

	}

	@ConfigurationProperties("demo")
	static class DemoProperties {

		private String text;

		private int size;

		public String getText() {
			return this.text;
		}

		public void setText(String text) {
			this.text = text;
		}

		public int getSize() {
			return this.size;
		}

		public void setSize(int size) {
			this.size = size;
		}

	}

	static class Scoped {

		private final String text;

		Scoped(String text) {
			this.text = text;
		}

		String text() {
			return this.text;
		}

	}

}
