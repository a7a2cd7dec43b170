package io.kintospring.boot.aot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.kintospring.boot.aot.ProcessedApplication.Libraries;
import io.kintospring.embedded.EmbeddedKintoServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for applications that were processed ahead of time. The server depends on the
 * environment at run time, not at build time.
 */
@ExtendWith(OutputCaptureExtension.class)
class AheadOfTimeTests {

	private static final String URL = "--kinto.url=http://localhost:1/v1";

	private static final String AUDIT = "--kinto.clients.audit.url=http://localhost:2/v1";

	private static final String EMBEDDED = "processed=true, embedded=true, details=[EmbeddedKintoConnectionDetails],"
			+ " blocking=[http://127.0.0.1:";

	private static final String AT_THE_URL = "processed=true, embedded=false, details=[PropertiesKintoConnectionDetails],"
			+ " blocking=[http://localhost:1/v1], reactive=[http://localhost:1/v1]";

	@Nested
	class ProcessedWithoutUrl {

		@TempDir
		private static Path output;

		private static ProcessedApplication application;

		@BeforeAll
		static void process() {
			application = ProcessedApplication.process(PlainApplication.class, output);
		}

		@ParameterizedTest
		@ValueSource(strings = { "--kinto.url=", "--kinto.url= ", "--spring.main.lazy-initialization=true" })
		void usesTheEmbeddedServerIfNoUrlIsSet(String argument) throws InvocationTargetException {
			assertThat(application.start(Libraries.ALL, argument)).startsWith(EMBEDDED);
		}

		@Test
		void usesTheUrlInsteadOfTheEmbeddedServerIfSetAtRunTime(CapturedOutput output)
				throws InvocationTargetException {
			assertThat(application.start(Libraries.ALL, URL)).isEqualTo(AT_THE_URL);
			assertThat(output).doesNotContain("An embedded Kinto");
		}

		@Test
		void initializesTheEmbeddedServerThatIsUsedAtRunTime(@TempDir Path folder, CapturedOutput output)
				throws IOException, InvocationTargetException {
			Path file = Files.writeString(folder.resolve("blog.yaml"), "buckets: {blog: {}}");
			String locations = "--kinto.initialization.locations=" + file.toUri();
			application.start(Libraries.ALL, locations);
			assertThat(output).contains("created 1 and changed 0 objects");
			application.start(Libraries.ALL, locations, URL);
			assertThat(output).containsOnlyOnce("Initialized Kinto");
		}

		@Test
		void checksRequiredCapabilitiesBeforeInitialization(@TempDir Path folder, CapturedOutput output)
				throws IOException {
			Path file = Files.writeString(folder.resolve("blog.yaml"), "buckets: {blog: {}}");
			assertThatExceptionOfType(InvocationTargetException.class).isThrownBy(() -> application.start(Libraries.ALL,
					"--kinto.required-capabilities=signer", "--kinto.initialization.locations=" + file.toUri()));
			assertThat(output).contains("lacks signer").doesNotContain("Initialized Kinto");
		}

		@Test
		void requiresNoEmbeddedServerIfAUrlIsSet() throws InvocationTargetException {
			assertThat(application.start(Libraries.WITHOUT_EMBEDDED, URL)).isEqualTo(AT_THE_URL);
		}

		@Test
		void failsToStartWithoutUrlAndEmbeddedServer(CapturedOutput output) {
			assertThatExceptionOfType(InvocationTargetException.class)
				.isThrownBy(() -> application.start(Libraries.WITHOUT_EMBEDDED));
			assertThat(output).contains("No Kinto server is configured: kinto.url is not set");
		}

		@Test
		void failsToStartIfTheEmbeddedServerIsDisabledAtRunTime(CapturedOutput output) {
			assertThatExceptionOfType(InvocationTargetException.class)
				.isThrownBy(() -> application.start(Libraries.ALL, "--kinto.embedded.enabled=false"));
			assertThat(output).contains("No Kinto server is configured: kinto.url is not set");
		}

	}

	@Test
	void usesTheEmbeddedServerEvenIfProcessedWithAUrlAndWithoutEmbeddedServer(@TempDir Path output)
			throws InvocationTargetException {
		ProcessedApplication application = ProcessedApplication.process(PlainApplication.class, output,
				Libraries.WITHOUT_EMBEDDED, URL);
		assertThat(application.start(Libraries.ALL)).startsWith(EMBEDDED);
	}

	@Test
	void ownTemplateRequiresNoUrlAndGetsAReactiveTemplateIfAUrlIsSetAtRunTime(@TempDir Path output)
			throws InvocationTargetException {
		ProcessedApplication application = ProcessedApplication.process(OwnTemplateApplication.class, output, URL);
		assertThat(application.start(Libraries.ALL))
			.startsWith("processed=true, embedded=false, details=[], blocking=[")
			.endsWith(", reactive=[]");
		assertThat(application.start(Libraries.ALL, URL))
			.startsWith("processed=true, embedded=false, details=[Properties")
			.doesNotContain("blocking=[http://localhost:1/v1]")
			.endsWith(", reactive=[http://localhost:1/v1]");
	}

	@Test
	void ownConnectionDetailsReplaceUrlAndEmbeddedServer(@TempDir Path output) throws InvocationTargetException {
		ProcessedApplication application = ProcessedApplication.process(OwnConnectionDetailsApplication.class, output);
		assertThat(application.start(Libraries.ALL, URL))
			.startsWith("processed=true, embedded=false, details=[OwnConnectionDetails]")
			.endsWith(", blocking=[http://own.example.com/v1], reactive=[http://own.example.com/v1]");
	}

	@Test
	void namedClientsMayBeConfiguredAtRunTimeOnly(@TempDir Path output) throws InvocationTargetException {
		ProcessedApplication application = ProcessedApplication.process(NamedClientsApplication.class, output);
		assertThat(application.start(Libraries.WITHOUT_EMBEDDED, URL, AUDIT)).startsWith("processed=true")
			.endsWith(", injected=[http://localhost:1/v1, http://localhost:2/v1, http://localhost:3/v1]");
		assertThat(application.start(Libraries.ALL, URL, AUDIT, "--kinto.clients.own.bucket=a"))
			.contains("http://localhost:4/v1");
		assertThat(application.start(Libraries.ALL, AUDIT)).startsWith("processed=true, embedded=true")
			.doesNotContain("http://localhost:4/v1")
			.contains(", injected=[http://127.0.0.1:")
			.endsWith(", http://localhost:2/v1, http://localhost:3/v1]");
	}

	@Nested
	class ProcessedWithNamedClientsOnly {

		@TempDir
		private static Path output;

		private static ProcessedApplication application;

		@BeforeAll
		static void process() {
			application = ProcessedApplication.process(PlainApplication.class, output, Libraries.WITHOUT_EMBEDDED,
					AUDIT);
		}

		@Test
		void hasNoPrimaryClientIfNoUrlIsSet() throws InvocationTargetException {
			assertThat(application.start(Libraries.WITHOUT_EMBEDDED, AUDIT))
				.isEqualTo("processed=true, embedded=false, details=[], blocking=[http://localhost:2/v1],"
						+ " reactive=[http://localhost:2/v1]");
		}

		@Test
		void hasAPrimaryClientIfAUrlIsSetAtRunTime() throws InvocationTargetException {
			assertThat(application.start(Libraries.WITHOUT_EMBEDDED, AUDIT, URL)).contains("http://localhost:1/v1",
					"http://localhost:2/v1");
		}

	}

	@Test
	void primaryClientIsNeededIfNamedClientsAreNotKnownAtBuildTime(@TempDir Path output, CapturedOutput log)
			throws InvocationTargetException {
		ProcessedApplication application = ProcessedApplication.process(PlainApplication.class, output);
		assertThat(application.start(Libraries.ALL, AUDIT)).contains("embedded=true", "http://localhost:2/v1");
		assertThatExceptionOfType(InvocationTargetException.class)
			.isThrownBy(() -> application.start(Libraries.WITHOUT_EMBEDDED, AUDIT));
		assertThat(log).contains("No Kinto server is configured: kinto.url is not set");
	}

	@Test
	void configurationIsImportedAtBuildTimeAndAtRunTime(@TempDir Path output) throws InvocationTargetException {
		String location = "--spring.config.import=kinto:main/config/app";
		ProcessedApplication application;
		try (EmbeddedKintoServer server = serverWith("build")) {
			application = ProcessedApplication.process(ImportingApplication.class, output, location,
					"--kinto.url=" + server.url(), "--kinto.config.watch.enabled=true");
		}
		try (EmbeddedKintoServer server = serverWith("run")) {
			assertThat(application.start(Libraries.WITHOUT_EMBEDDED, location, "--kinto.url=" + server.url()))
				.isEqualTo("imported=run, watch=true");
		}
	}

	@Test
	void optionalImportRequiresNoServerAtBuildTime(@TempDir Path output) throws InvocationTargetException {
		String location = "--spring.config.import=optional:kinto:main/config/app";
		ProcessedApplication application = ProcessedApplication.process(ImportingApplication.class, output, location,
				URL);
		try (EmbeddedKintoServer server = serverWith("run")) {
			assertThat(application.start(Libraries.WITHOUT_EMBEDDED, location, "--kinto.url=" + server.url(),
					"--kinto.config.watch.enabled=true"))
				.isEqualTo("imported=run, watch=false");
		}
	}

	private static EmbeddedKintoServer serverWith(String imported) {
		String data = """
				{"buckets": {"main": {"permissions": {"read": ["system.Everyone"]}, "collections": {"config": {
				 "records": {"app": {"data": {"imported": "%s"}}}}}}}}""".formatted(imported);
		return EmbeddedKintoServer.builder()
			.initialData(new ByteArrayInputStream(data.getBytes(StandardCharsets.UTF_8)))
			.start();
	}

}
