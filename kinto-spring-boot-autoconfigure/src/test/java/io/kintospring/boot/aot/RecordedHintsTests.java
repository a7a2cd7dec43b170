package io.kintospring.boot.aot;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.kintospring.KintoAttachment;
import io.kintospring.KintoGroup;
import io.kintospring.KintoHistoryEntry;
import io.kintospring.KintoPermissionEntry;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoTimestamp;
import io.kintospring.boot.aot.ProcessedApplication.Libraries;
import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.KintoConfigProperties;
import io.kintospring.boot.autoconfigure.KintoProperties;
import io.kintospring.boot.endpoint.KintoEndpoint;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.server.KintoHeartbeat;
import io.kintospring.server.KintoServerInfo;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.aot.AotDetector;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.FileSystemGeneratedFiles;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.test.agent.EnabledIfRuntimeHintsAgent;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.http.client.autoconfigure.HttpClientsProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the hints cover the reflection and the resources that an application uses
 * after ahead-of-time processing. The build runs them with an agent.
 */
@EnabledIfRuntimeHintsAgent
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("removal")
class RecordedHintsTests {

	/**
	 * A directory on the class path.
	 */
	private static final Path CLASSES = Path.of("target/runtime-hints-classes");

	private static final List<String> BUILD_TIME = List.of("--server.port=0", "--server.address=127.0.0.1",
			"--spring.main.web-application-type=servlet", "--spring.devtools.restart.enabled=false",
			"--management.endpoints.web.exposure.include=*", "--management.endpoint.health.show-details=always",
			"--management.info.kinto.enabled=true", "--kinto.web.problem-details.enabled=true",
			"--kinto.exception-translation.enabled=true");

	/**
	 * The developer tools are not part of a native image. Spring Boot's binder looks at
	 * the constructors of {@code DataSize} before it converts a value.
	 */
	private static final Set<String> UNNEEDED = Set.of(
			"org.springframework.boot.devtools.restart.Restarter for forName",
			"org.springframework.util.unit.DataSize for getDeclaredConstructors");

	private static final String CONFIGURATION = """
			{"buckets": {"main": {"permissions": {"read": ["system.Everyone"]}, "collections": {"config": {
			 "records": {"app": {"data": {"imported": "yes"}}}}}}}}""";

	private static RuntimeHints hints;

	@BeforeAll
	static void process(@TempDir Path sources) {
		System.setProperty(AbstractAotProcessor.AOT_PROCESSING, "true");
		try {
			DefaultGenerationContext generation = new DefaultGenerationContext(
					new ClassNameGenerator(ClassName.get(HintedApplication.class)),
					new FileSystemGeneratedFiles((kind) -> (kind == Kind.SOURCE) ? sources : CLASSES));
			ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(prepare(), generation);
			generation.writeGeneratedContent();
			hints = generation.getRuntimeHints();
			// as Spring Boot's build plugins do
			hints.reflection()
				.registerType(TypeReference.of(initializer.reflectionName()),
						MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
		}
		finally {
			System.clearProperty(AbstractAotProcessor.AOT_PROCESSING);
		}
		ProcessedApplication.compile(sources, CLASSES, Libraries.ALL);
	}

	private static GenericApplicationContext prepare() {
		SpringApplicationRunListener abandon = new SpringApplicationRunListener() {

			@Override
			public void contextLoaded(ConfigurableApplicationContext context) {
				throw new AbandonedRunException(context);
			}

		};
		try {
			SpringApplication.withHook((application) -> abandon, () -> start());
		}
		catch (AbandonedRunException ex) {
			return (GenericApplicationContext) Objects.requireNonNull(ex.getApplicationContext());
		}
		throw new IllegalStateException("The application did not load its context");
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		SpringApplication application = new SpringApplication(HintedApplication.class);
		application.setMainApplicationClass(HintedApplication.class);
		return application.run(Stream.concat(BUILD_TIME.stream(), Stream.of(arguments)).toArray(String[]::new));
	}

	/**
	 * Runs first, because Jackson caches what it knows about types.
	 */
	@Test
	@Order(1)
	void hintsCoverTheClientAndTheEmbeddedServer(@TempDir Path directory) {
		RecordedInvocations recorded = use((context) -> new HintedApplicationUse(context).all(),
				"--kinto.embedded.accounts.embedded=embedded", "--kinto.embedded.settings.attachment.extensions=any",
				"--kinto.embedded.data-file=" + directory.resolve("data.json"),
				"--kinto.required-capabilities=history,attachments");
		assertThat(recorded.types()).contains(KintoAttachment.class, KintoGroup.class, KintoHistoryEntry.class,
				KintoPermissionEntry.class, KintoPermissions.class, KintoTimestamp.class, KintoServerInfo.class,
				KintoHeartbeat.class, KintoEndpoint.ServerInfoDescriptor.class, EmbeddedKintoServer.class);
		assertThat(recorded.missing(new RuntimeHints())).contains("kinto.yaml for getResource");
		assertThat(recorded.missing(hints)).isSubsetOf(UNNEEDED);
	}

	@Test
	void hintsCoverImportedConfigurationAndNamedClients(@TempDir Path directory) throws Exception {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.initialData(new ByteArrayInputStream(CONFIGURATION.getBytes(StandardCharsets.UTF_8)))
			.start()) {
			RecordedInvocations recorded = use((context) -> {
				assertThat(context.getEnvironment().getProperty("imported")).isEqualTo("yes");
				assertThat(context.getBean("auditKintoTemplate", KintoTemplate.class).fetchServerInfo()).isNotNull();
			}, "--spring.config.import=kinto:main/config/app", "--kinto.url=" + server.url(),
					"--spring.http.clients.connect-timeout=2s", "--kinto.ssl.bundle=kinto",
					"--spring.ssl.bundle.jks.kinto.truststore.location=" + trustStore(directory).toUri(),
					"--kinto.clients.audit.url=" + server.url());
			assertThat(recorded.types()).contains(KintoProperties.class, KintoConfigProperties.class,
					HttpClientsProperties.class, SslProperties.class, KintoAutoConfiguration.class);
			assertThat(recorded.missing(hints)).isSubsetOf(UNNEEDED);
		}
	}

	@Test
	void hintsCannotCoverPropertyReferences() {
		RecordedInvocations recorded = use((context) -> new HintedApplicationUse(context).propertyReference());
		assertThat(recorded.missing(hints)).anyMatch((missing) -> missing.contains("$$Lambda"));
	}

	@Test
	void libraryForSchemasBringsItsOwnMetadata() {
		assertThat(
				new ClassPathResource("META-INF/native-image/com.networknt/json-schema-validator/resource-config.json"))
			.matches(Resource::exists, "exists");
	}

	private static Path trustStore(Path directory) throws Exception {
		Path file = directory.resolve("trust.p12");
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		try (OutputStream output = Files.newOutputStream(file)) {
			store.store(output, new char[0]);
		}
		return file;
	}

	private static RecordedInvocations use(Consumer<ConfigurableApplicationContext> use, String... arguments) {
		System.setProperty(AotDetector.AOT_ENABLED, "true");
		try {
			return RecordedInvocations.of(() -> {
				try (ConfigurableApplicationContext context = start(arguments)) {
					use.accept(context);
				}
			});
		}
		finally {
			System.clearProperty(AotDetector.AOT_ENABLED);
		}
	}

}
