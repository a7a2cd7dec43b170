package io.kintospring.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoObject;
import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.embedded.EmbeddedKintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.initialization.KintoInitializationAutoConfiguration;
import io.kintospring.boot.initialization.KintoChange;
import io.kintospring.boot.initialization.KintoDefinition;
import io.kintospring.boot.initialization.KintoDefinitionReader;
import io.kintospring.boot.initialization.KintoInitializer;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.template.BucketOperations;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.io.FileSystemResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The definitions of the page about initialization do what the page says.
 */
@ExtendWith(OutputCaptureExtension.class)
class InitializationTests {

	private static final Page PAGE = Page.named("initialization.md");

	@TempDir
	private Path folder;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EmbeddedKintoAutoConfiguration.class, KintoAutoConfiguration.class,
				KintoInitializationAutoConfiguration.class));

	@Test
	void fileIsApplied() throws IOException {
		withFile().run((context) -> {
			BucketOperations blog = context.getBean(KintoTemplate.class).bucket("blog");
			assertObjects(context.getBean(KintoTemplate.class));
			assertThatExceptionOfType(KintoInvalidRequestException.class)
				.isThrownBy(() -> blog.collection("posts").create(Map.of("title", 1)));
		});
	}

	@Test
	void beanIsAppliedBeforeBeansThatDependOnIt() {
		this.contextRunner.withUserConfiguration(Definitions.class).run((context) -> {
			assertObjects(context.getBean(KintoTemplate.class));
			assertThat(context.getBean(Titles.class).records()).hasSize(1);
		});
	}

	@Test
	void otherServerIsInitializedInModeAlways() throws IOException {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			ApplicationContextRunner other = withFile().withPropertyValues("kinto.url=" + server.url(),
					"kinto.username=a", "kinto.password=b");
			other.run((context) -> assertThat(context.getBean(KintoTemplate.class).buckets().list().data()).isEmpty());
			other.withPropertyValues(PAGE.properties("kinto.initialize"))
				.run((context) -> assertObjects(context.getBean(KintoTemplate.class)));
		}
	}

	@Test
	void dryRunLogsWhatThePageShows(CapturedOutput output) throws IOException {
		withFile().withPropertyValues(PAGE.properties("kinto.initialization.dry-run"))
			.run((context) -> assertThat(context.getBean(KintoTemplate.class).buckets().list().data()).isEmpty());
		String shown = PAGE.code("").stream().filter((block) -> block.contains("Dry run")).findFirst().orElseThrow();
		assertThat(output).contains(shown.lines().findFirst().orElseThrow());
	}

	@Test
	void initializerWorksWithoutAutoConfiguration() throws IOException {
		Path file = write();
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start();
				KintoTemplate kinto = KintoTemplate.builder(server.url())
					.authentication(KintoAuthentication.basic("a", "b"))
					.build()) {
			KintoDefinition definition = KintoDefinitionReader.read(new FileSystemResource(file));
			KintoInitializer initializer = new KintoInitializer(kinto);
			List<KintoChange> planned = initializer.plan(definition);
			List<KintoChange> made = initializer.apply(definition);
			assertThat(made).isEqualTo(planned).hasSize(4);
			assertObjects(kinto);
		}
	}

	private static void assertObjects(KintoTemplate kinto) {
		BucketOperations blog = kinto.bucket("blog");
		assertThat(kinto.buckets().get("blog").permissions().principals("read")).containsExactly("system.Everyone");
		assertThat(blog.groups().get("editors").data().members()).containsExactly("account:ann", "account:bob");
		assertThat(blog.collections().get("posts").permissions().principals("record:create"))
			.containsExactly("/buckets/blog/groups/editors");
		assertThat(blog.collection("posts").get("welcome").data()).containsEntry("title", "Welcome");
	}

	private ApplicationContextRunner withFile() throws IOException {
		return this.contextRunner.withPropertyValues("kinto.initialization.locations=" + write().toUri());
	}

	private Path write() throws IOException {
		return Files.writeString(this.folder.resolve("kinto.yaml"), PAGE.code("yaml").get(0));
	}

	@Configuration(proxyBeanMethods = false)
	static class Definitions {

		// @formatter:off
		@Bean
		KintoDefinition blog() {
			return KintoDefinition.of()
				.bucket("blog", (blog) -> blog
					.permissions((p) -> p.read("system.Everyone"))
					.group("editors", (editors) -> editors.members("account:ann", "account:bob"))
					.collection("posts", (posts) -> posts
						.data(Map.of("sort", "-last_modified"))
						.permissions((p) -> p.createRecords("/buckets/blog/groups/editors"))
						.record("welcome", Map.of("title", "Welcome"))));
		}
		// @formatter:on

		@Bean
		@DependsOn("kintoInitialization")
		Titles titles(KintoTemplate kinto) {
			return new Titles(kinto.bucket("blog").collection("posts").listAll());
		}

	}

	record Titles(List<KintoObject<Map<String, Object>>> records) {
	}

}
