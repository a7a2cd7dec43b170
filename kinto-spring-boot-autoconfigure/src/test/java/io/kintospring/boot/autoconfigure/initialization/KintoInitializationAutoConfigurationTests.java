package io.kintospring.boot.autoconfigure.initialization;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kintospring.KintoUrl;
import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.KintoConnectionDetails;
import io.kintospring.boot.autoconfigure.embedded.EmbeddedKintoAutoConfiguration;
import io.kintospring.boot.initialization.KintoDefinition;
import io.kintospring.client.KintoClient;
import io.kintospring.client.WebClientKintoTransport;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class KintoInitializationAutoConfigurationTests {

	private static final String BLOG = """
			buckets:
			  blog:
			    data: {title: s3cr3t}
			    collections:
			      posts:
			        records:
			          first: {data: {title: First}}
			""";

	@TempDir
	private Path folder;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EmbeddedKintoAutoConfiguration.class, KintoAutoConfiguration.class,
				KintoInitializationAutoConfiguration.class));

	@Test
	void embeddedServerIsInitializedFromDefaultLocation() throws IOException {
		write("kinto.yaml", BLOG);
		try (URLClassLoader classLoader = classLoader()) {
			this.contextRunner.withClassLoader(classLoader)
				.run((context) -> assertThat(first(context.getBean(KintoTemplate.class))).isEqualTo("First"));
		}
	}

	@Test
	void defaultLocationCanBeMissing() {
		this.contextRunner
			.run((context) -> assertThat(context.getBean(KintoTemplate.class).buckets().list().data()).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "embedded", "never" })
	void otherServerIsNotInitialized(String mode) throws IOException {
		String location = write("blog.yaml", "malformed: [");
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			other(server).withPropertyValues("kinto.initialize=" + mode, "kinto.initialization.locations=" + location)
				.run((context) -> assertThat(context.getBean(KintoTemplate.class).buckets().list().data()).isEmpty());
		}
	}

	@Test
	void embeddedServerIsNotInitializedIfDisabled() throws IOException {
		this.contextRunner
			.withPropertyValues("kinto.initialize=never", "kinto.initialization.locations=" + write("blog.yaml", BLOG))
			.run((context) -> assertThat(context.getBean(KintoTemplate.class).buckets().list().data()).isEmpty());
	}

	@Test
	void anyServerIsInitializedOnDemand() throws IOException {
		String location = write("blog.yaml", BLOG);
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			ApplicationContextRunner always = other(server).withPropertyValues("kinto.initialize=always",
					"kinto.initialization.locations=" + location);
			always.run((context) -> assertThat(first(context.getBean(KintoTemplate.class))).isEqualTo("First"));
			always.run((context) -> assertThat(
					context.getBean(KintoTemplate.class).bucket("blog").history().stream().toList())
				.hasSize(3));
		}
	}

	@Test
	void ownConnectionDetailsCountAsOtherServer() throws IOException {
		String location = write("blog.yaml", BLOG);
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			this.contextRunner.withBean(KintoConnectionDetails.class, () -> new OwnConnectionDetails(server.url()))
				.withPropertyValues("kinto.initialization.locations=" + location)
				.run((context) -> assertThat(context.getBean(KintoTemplate.class).buckets().list().data()).isEmpty());
		}
	}

	@Test
	void ownClientOfAnotherServerIsNotInitialized() throws IOException {
		String location = write("blog.yaml", BLOG);
		this.contextRunner
			.withBean(KintoClient.Builder.class,
					() -> KintoClient.builder(WebClientKintoTransport.builder(KintoUrl.of("http://localhost:1/v1"))))
			.withPropertyValues("kinto.initialization.locations=" + location)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(KintoTemplate.class).server()).isEqualTo("http://localhost:1/v1");
			});
	}

	@Test
	void embeddedServerIsInitializedBesideDetailsOfANamedClient() throws IOException {
		String location = write("blog.yaml", BLOG);
		this.contextRunner
			.withBean("audit", KintoConnectionDetails.class, () -> new OwnConnectionDetails("http://localhost:1/v1"),
					(bean) -> ((AbstractBeanDefinition) bean).setDefaultCandidate(false))
			.withPropertyValues("kinto.initialization.locations=" + location)
			.run((context) -> assertThat(first(context.getBean(KintoTemplate.class))).isEqualTo("First"));
	}

	@Test
	void filesOfPatternsAndBeansAreAppliedInOrder() throws IOException {
		write("b.yaml", "buckets: {blog: {data: {title: b, b: true}}}");
		write("a.yaml", "buckets: {blog: {data: {title: a, a: true}}}");
		this.contextRunner.withPropertyValues("kinto.initialization.locations=" + this.folder.toUri() + "*.yaml")
			.withUserConfiguration(Definitions.class)
			.run((context) -> assertThat(context.getBean(KintoTemplate.class).buckets().get("blog").data())
				.containsEntry("a", true)
				.containsEntry("b", true)
				.containsEntry("title", "later"));
	}

	@Test
	void optionalLocationsCanBeMissing() {
		this.contextRunner
			.withPropertyValues(
					"kinto.initialization.locations=optional:file:nowhere/*.yaml,optional:classpath:no.yaml")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "classpath:no.yaml", "file:nowhere/*.yaml", "classpath*:no/*.yaml" })
	void configuredLocationMustExist(String location) {
		assertThat(analyze("kinto.initialization.locations=" + location).getDescription()).contains(location,
				"no such file exists", "optional:");
	}

	@Test
	void failureNamesTheFileAndThePlace() throws IOException {
		String location = write("blog.yaml", "buckets:\n  blog:\n    colections: {}\n");
		FailureAnalysis analysis = analyze("kinto.initialization.locations=" + location);
		assertThat(analysis.getDescription()).contains("blog.yaml", "buckets.blog has the unknown key 'colections'");
		assertThat(analysis.getAction()).contains("Correct the definition", "kinto.initialize=never");
		write("blog.yaml", "buckets:\n  blog: [\n");
		assertThat(analyze("kinto.initialization.locations=" + location).getDescription()).contains("blog.yaml",
				"line 3, column 1");
	}

	@Test
	void failureOfTheServerSaysWhatToDo() throws IOException {
		String location = write("blog.yaml", BLOG);
		FailureAnalysis forbidden = analyze("kinto.initialization.locations=" + location,
				"kinto.embedded.settings.bucket-create-principals=account:admin");
		assertThat(forbidden.getDescription()).contains("blog.yaml", "buckets.blog", "403");
		assertThat(forbidden.getAction()).contains("Grant the user of the application the permission to create");
		String wrong = write("wrong.yaml", """
				buckets:
				  blog:
				    collections:
				      posts:
				        data: {schema: {properties: {title: {type: string}}}}
				        records:
				          first: {data: {title: 4711}}
				""");
		FailureAnalysis rejected = analyze("kinto.initialization.locations=" + wrong);
		assertThat(rejected.getDescription()).contains("wrong.yaml", "buckets.blog.collections.posts.records.first")
			.doesNotContain("4711");
		assertThat(rejected.getAction()).contains("Correct buckets.blog.collections.posts.records.first", "schema");
		FailureAnalysis unreachable = analyze("kinto.initialization.locations=" + location,
				"kinto.url=http://localhost:1/v1", "kinto.initialize=always");
		assertThat(unreachable.getAction()).contains("Check that the server is running");
	}

	@Test
	void failureNamesTheBean() {
		this.contextRunner
			.withBean("blogObjects", KintoDefinition.class,
					() -> KintoDefinition.of().bucket("no blog", (bucket) -> bucket))
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("bean 'blogObjects': buckets.no blog"));
	}

	@Test
	void dryRunLogsThePlanAndWritesNothing(CapturedOutput output) throws IOException {
		this.contextRunner
			.withPropertyValues("kinto.initialization.dry-run=true",
					"kinto.initialization.locations=" + write("blog.yaml", BLOG))
			.run((context) -> {
				assertThat(context.getBean(KintoTemplate.class).buckets().list().data()).isEmpty();
				assertThat(output)
					.contains("would create /buckets/blog (title)", "would create /buckets/blog/collections/posts\n",
							"would create /buckets/blog/collections/posts/records/first (title)")
					.doesNotContain("s3cr3t");
			});
	}

	@Test
	void numbersOfChangesAreLogged(CapturedOutput output) throws IOException {
		this.contextRunner.withPropertyValues("kinto.initialization.locations=" + write("blog.yaml", BLOG))
			.run((context) -> {
				assertThat(output).contains("created 3 and changed 0 objects").doesNotContain("s3cr3t");
				int length = output.length();
				context.getBean(KintoInitialization.class).run();
				assertThat(output.toString().substring(length)).doesNotContain("Initialized Kinto");
			});
	}

	@Test
	void principalsAreReplacedOnDemand() {
		this.contextRunner.withPropertyValues("kinto.initialization.replace-principals=true")
			.withBean(KintoDefinition.class,
					() -> KintoDefinition.of().bucket("blog", (blog) -> blog.permissions((p) -> p.read("account:ann"))))
			.run((context) -> {
				KintoTemplate kinto = context.getBean(KintoTemplate.class);
				kinto.bucket("blog").permissions().grant((p) -> p.read("account:bob"));
				context.getBean(KintoInitialization.class).run();
				assertThat(kinto.buckets().get("blog").permissions().principals("read")).containsExactly("account:ann");
			});
	}

	@Test
	void serverIsInitializedBeforeWebServersAndListenersStart() throws IOException {
		this.contextRunner.withPropertyValues("kinto.initialization.locations=" + write("blog.yaml", BLOG))
			.withUserConfiguration(EarlyLifecycle.class)
			.run((context) -> assertThat(context.getBean(EarlyLifecycle.class).seen).containsExactly("First"));
	}

	@Test
	void beanCanDependOnTheInitialization() throws IOException {
		this.contextRunner.withPropertyValues("kinto.initialization.locations=" + write("blog.yaml", BLOG))
			.withUserConfiguration(EarlyBean.class)
			.run((context) -> assertThat(context.getBean("early")).isEqualTo("First"));
	}

	@Test
	void lazyApplicationIsInitializedToo(CapturedOutput output) throws IOException {
		ApplicationContextRunner lazy = this.contextRunner.withInitializer(
				(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()));
		lazy.run((context) -> assertThat(output).doesNotContain("An embedded Kinto"));
		lazy.withPropertyValues("kinto.initialization.locations=" + write("blog.yaml", BLOG))
			.run((context) -> assertThat(output).contains("created 3 and changed 0 objects"));
	}

	private ApplicationContextRunner other(EmbeddedKintoServer server) {
		return this.contextRunner.withPropertyValues("kinto.url=" + server.url(), "kinto.username=a",
				"kinto.password=b");
	}

	private FailureAnalysis analyze(String... properties) {
		List<FailureAnalysis> analyses = new ArrayList<>();
		this.contextRunner.withPropertyValues(properties).run((context) -> {
			Throwable failure = context.getStartupFailure();
			for (FailureAnalysis analysis : new FailureAnalysis[] {
					new InvalidKintoDefinitionFailureAnalyzer().analyze(failure),
					new KintoInitializationFailureAnalyzer().analyze(failure) }) {
				if (analysis != null) {
					analyses.add(analysis);
				}
			}
		});
		assertThat(analyses).hasSize(1);
		return analyses.get(0);
	}

	private static Object first(KintoTemplate kinto) {
		return kinto.bucket("blog").collection("posts").get("first").data().get("title");
	}

	private String write(String name, String yaml) throws IOException {
		return Files.writeString(this.folder.resolve(name), yaml).toUri().toString();
	}

	private URLClassLoader classLoader() throws IOException {
		return new URLClassLoader(new URL[] { this.folder.toUri().toURL() }, getClass().getClassLoader());
	}

	private record OwnConnectionDetails(String url) implements KintoConnectionDetails {

		@Override
		public String getUrl() {
			return this.url;
		}

		@Override
		public String getUsername() {
			return "a";
		}

		@Override
		public String getPassword() {
			return "b";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Definitions {

		@Bean
		@Order(2)
		KintoDefinition later() {
			return KintoDefinition.of().bucket("blog", (blog) -> blog.data(Map.of("title", "later")));
		}

		@Bean
		@Order(1)
		KintoDefinition earlier() {
			return KintoDefinition.of().bucket("blog", (blog) -> blog.data(Map.of("title", "earlier")));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EarlyLifecycle implements SmartLifecycle {

		private final List<Object> seen = new ArrayList<>();

		@Autowired
		private KintoTemplate kinto;

		@Override
		public void start() {
			this.seen.add(first(this.kinto));
		}

		@Override
		public void stop() {
		}

		@Override
		public boolean isRunning() {
			return !this.seen.isEmpty();
		}

		@Override
		public int getPhase() {
			return Integer.MIN_VALUE;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EarlyBean {

		@Bean
		@DependsOn("kintoInitialization")
		Object early(KintoTemplate kinto) {
			return first(kinto);
		}

	}

}
