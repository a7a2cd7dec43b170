package io.kintospring.boot.autoconfigure.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.kintospring.boot.StubServer;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.template.BucketOperations;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@code spring.config.import=kinto:} with a server that is started before the
 * application.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class KintoConfigImportTests {

	private static final String CREDENTIALS = "s3cr3t";

	/** No record can have the name of this profile in its id. */
	private static final String WITHOUT_PROFILES = "--spring.profiles.active=eu.west";

	private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {
	};

	private final EmbeddedKintoServer server = EmbeddedKintoServer.builder().setting("paginate_by", "2").start();

	private final KintoTemplate kinto = KintoTemplate.builder(this.server.url())
		.authentication(KintoAuthentication.basic("ann", CREDENTIALS))
		.build();

	private final BucketOperations bucket = this.kinto.bucket("main");

	@TempDir
	private Path folder;

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
	void recordIsImported() {
		create("app", Map.of("greeting", "hello", "server", Map.of("port", 8081)));
		run("kinto:main/config/app", (environment) -> {
			assertThat(environment.getProperty("greeting")).isEqualTo("hello");
			assertThat(environment.getProperty("server.port", Integer.class)).isEqualTo(8081);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { """
			{"text": "a", "number": 1, "large": 12345678901, "decimal": 1.5, "flag": true, "nothing": null}""", """
			{"a": {"b": [{"c": 1}, {"c": 2, "d": ["x", "y"]}], "e": {"f": {"g": false}}}}""", """
			{"empty": {"list": [], "map": {}, "text": "", "nulls": [null, null]}}""", """
			{"dotted.name": 1, "[bracket/name]": 2, "map": {"[a.b]": 3, "1": 4}, "matrix": [[1, 2], [3]]}""" })
	void namesAndValuesAreThoseOfTheSameYaml(String json) throws IOException {
		create("app", JsonMapper.shared().readValue(json, MAP));
		EnumerablePropertySource<?> yaml = (EnumerablePropertySource<?>) new YamlPropertySourceLoader()
			.load("yaml", new ByteArrayResource(json.getBytes(StandardCharsets.UTF_8)))
			.get(0);
		run("kinto:main/config/app",
				(environment) -> assertThat(properties(source(environment, "kinto:main/config/app")))
					.isEqualTo(properties(yaml)));
	}

	@Test
	void fieldsOfTheServerAreNotImported() {
		create("app", Map.of("schema", 5, "nested", Map.of("id", "x", "schema", "y")));
		run("kinto:main/config/app",
				(environment) -> assertThat(properties(source(environment, "kinto:main/config/app")))
					.containsOnlyKeys("nested.id", "nested.schema"));
	}

	@Test
	void collectionIsImportedWithTheIdsOfItsRecordsAsFirstSegment() {
		create("mail", Map.of("host", "localhost"));
		create("my-app", Map.of("features", List.of("a", "b")));
		create("server", Map.of("port", 8081, "servlet", Map.of("context-path", "/app")));
		run("kinto:main/config",
				(environment) -> assertThat(properties(source(environment, "kinto:main/config")))
					.isEqualTo(Map.of("mail.host", "localhost", "my-app.features[0]", "a", "my-app.features[1]", "b",
							"server.port", 8081, "server.servlet.context-path", "/app")));
	}

	@Test
	void placeholdersAreResolved() {
		create("my-app", Map.of("greeting", "hello ${user.given-name}"));
		run("kinto:main/config/${spring.application.name}",
				(environment) -> assertThat(environment.getProperty("greeting")).isEqualTo("hello ann"),
				"--spring.application.name=my-app", "--user.given-name=ann");
	}

	@Test
	void importsAndProfilesOfRecordsAreIgnored() {
		create("app", Map.of("a", 1, "spring",
				Map.of("config", Map.of("import", "kinto:main/config/other"), "profiles", Map.of("active", "other"))));
		run("kinto:main/config/app", (environment) -> {
			assertThat(environment.getProperty("a")).isEqualTo("1");
			assertThat(environment.getActiveProfiles()).isEmpty();
		});
	}

	@Test
	void originOfAPropertyNamesTheRecord() {
		create("mail", Map.of("host", "localhost"));
		run("kinto:main/config", (environment) -> {
			Origin origin = OriginLookup.getOrigin(source(environment, "kinto:main/config"), "mail.host");
			assertThat(origin).hasToString("record 'mail' of the collection 'config' in the bucket 'main'");
		});
	}

	@Test
	void recordOfAProfileHasPrecedence() {
		create("app", Map.of("a", "base", "b", "base", "c", "base"));
		create("app-one", Map.of("b", "one", "c", "one"));
		create("app-two", Map.of("c", "two"));
		run("kinto:main/config/app", (environment) -> assertThat(List.of("a", "b", "c")).map(environment::getProperty)
			.containsExactly("base", "one", "two"), "--spring.profiles.active=one,two,three");
	}

	@Test
	void recordOfTheDefaultProfileIsImported() {
		create("app", Map.of("a", "base"));
		create("app-default", Map.of("a", "default"));
		run("kinto:main/config/app", (environment) -> assertThat(environment.getProperty("a")).isEqualTo("default"));
	}

	@Test
	void collectionOfAProfileHasPrecedence() {
		create("mail", Map.of("host", "base", "port", 25));
		this.bucket.collections().create("config-prod");
		this.bucket.collection("config-prod").create("mail", Map.of("host", "prod"));
		run("kinto:main/config", (environment) -> {
			assertThat(environment.getProperty("mail.host")).isEqualTo("prod");
			assertThat(environment.getProperty("mail.port")).isEqualTo("25");
		}, "--spring.profiles.active=prod");
	}

	@Test
	void profileThatCannotBePartOfAnIdIsSkipped() {
		create("app", Map.of("a", "base"));
		run("kinto:main/config/app", (environment) -> assertThat(environment.getProperty("a")).isEqualTo("base"),
				WITHOUT_PROFILES);
	}

	/**
	 * From the lowest to the highest precedence: file, record, file of the profile,
	 * record of the profile, command line.
	 */
	@Test
	void importsHavePrecedenceOverFilesOfTheSameProfile() throws IOException {
		file("application.properties", "spring.config.import=kinto:main/config/app", "a=file", "b=file", "c=file",
				"d=file", "e=file");
		file("application-prod.properties", "c=prod-file", "d=prod-file", "e=prod-file");
		create("app", Map.of("b", "record", "c", "record", "d", "record", "e", "record"));
		create("app-prod", Map.of("d", "prod-record", "e", "prod-record"));
		run(null,
				(environment) -> assertThat(List.of("a", "b", "c", "d", "e")).map(environment::getProperty)
					.containsExactly("file", "record", "prod-file", "prod-record", "line"),
				"--spring.profiles.active=prod", "--e=line");
	}

	@Test
	void connectionCanBeInAProfileSpecificDocumentOfTheSameFile() throws IOException {
		file("application.properties", "spring.config.import=kinto:main/config/app", "#---",
				"spring.config.activate.on-profile=prod", "kinto.url=" + this.server.url(), "kinto.username=ann",
				"kinto.password=" + CREDENTIALS);
		create("app", Map.of("a", 1));
		try (ConfigurableApplicationContext context = application().run("--spring.profiles.active=prod", location())) {
			assertThat(context.getEnvironment().getProperty("a")).isEqualTo("1");
		}
	}

	@Test
	void connectionAndImportCanBeInTheFileOfAProfile() throws IOException {
		file("application-prod.properties", "spring.config.import=kinto:main/config/app",
				"kinto.url=" + this.server.url(), "kinto.username=ann", "kinto.password=" + CREDENTIALS);
		create("app", Map.of("a", 1));
		try (ConfigurableApplicationContext context = application().run("--spring.profiles.active=prod", location())) {
			assertThat(context.getEnvironment().getProperty("a")).isEqualTo("1");
		}
	}

	@Test
	void headersAreSent() {
		try (StubServer stub = StubServer.answering(200, Map.of(), """
				{"data": {"id": "app", "last_modified": 5, "a": 1}}""")) {
			application()
				.run("--kinto.url=" + stub.url(), "--spring.config.import=kinto:main/config/app",
						"--kinto.headers.X-Tenant=blue", "--kinto.bearer-token=t0k3n", WITHOUT_PROFILES)
				.close();
			StubServer.Request request = stub.takeRequest();
			assertThat(request.header("X-tenant")).isEqualTo("blue");
			assertThat(request.header("Authorization")).isEqualTo("Bearer t0k3n");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "kinto:main/config/missing", "kinto:main/missing", "kinto:main/missing/app",
			"kinto:missing/config/app" })
	void optionalImportMayBeMissing(String location) {
		run("optional:" + location, (environment) -> assertThat(properties(source(environment, location))).isEmpty());
	}

	@Test
	void optionalImportIsSkippedIfNoUrlIsSet() {
		application().run("--spring.config.import=optional:kinto:main/config/app").close();
	}

	@Test
	void optionalImportIsSkippedIfTheServerIsUnreachable(CapturedOutput output) {
		this.server.close();
		run("optional:kinto:main/config/app",
				(environment) -> assertThat(properties(source(environment, "kinto:main/config/app"))).isEmpty());
		assertThat(output).contains("WARN")
			.contains("The record 'app' of the collection 'config' in the bucket 'main' is not imported");
	}

	@Test
	void missingImportIsIgnoredIfSpringBootIgnoresMissingFiles() {
		run("kinto:main/config/missing",
				(environment) -> assertThat(environment.getPropertySources().contains("kinto:main/config/missing"))
					.isFalse(),
				"--spring.config.on-not-found=ignore");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					kinto:main/config/missing  | The record 'missing' of the collection 'config' in the bucket 'main' does not exist    | Create the record
					kinto:main/missing         | The collection 'missing' in the bucket 'main' does not exist                           | Create the collection
					kinto:main/missing/app     | The collection 'missing' in the bucket 'main' does not exist                           | Create the collection
					kinto:missing/config/app   | in the bucket 'missing' on the Kinto server at                                         | Create it, and give the user the permission
					""")
	void missingObjectIsReported(String location, String description, String action, CapturedOutput output) {
		fail(location);
		assertThat(output).contains(description)
			.contains(this.server.url())
			.contains(action)
			.contains("prefix the location '" + location + "' with 'optional:'.");
	}

	@Test
	void missingUrlIsReported(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> application().run("--kinto.url=", "--spring.config.import=kinto:main/config/app"));
		assertThat(output).contains(
				"The location 'kinto:main/config/app' cannot be imported, because kinto.url is not set or is blank.")
			.contains("Set kinto.url to the root URL of the Kinto API")
			.contains("'optional:'");
	}

	@Test
	void unreachableServerIsReported(CapturedOutput output) {
		this.server.close();
		fail("kinto:main/config/app");
		assertThat(output).contains("cannot be read from the Kinto server at " + this.server.url())
			.contains("Check that the server is running and that kinto.url is correct.")
			.contains("'optional:'");
	}

	@Test
	void unavailableServerIsReported(CapturedOutput output) {
		this.server.faults().fail(10, (request) -> request, 503);
		fail("kinto:main/config/app");
		assertThat(output).contains("cannot be read from the Kinto server at " + this.server.url()).contains("503");
	}

	@ParameterizedTest
	@ValueSource(strings = { "kinto:main/config/app", "kinto:main/config" })
	void slowServerIsReported(String location, CapturedOutput output) {
		create("app", Map.of());
		this.server.faults().delay(10, Duration.ofSeconds(30), (request) -> request);
		fail(location, "--kinto.timeout=20s", "--kinto.config.timeout=300ms");
		assertThat(output).contains("no complete response within 300ms (kinto.config.timeout)");
	}

	@Test
	void deniedAccessIsReported(CapturedOutput output) {
		fail("kinto:main/config/app", "--kinto.username=bob", "--kinto.password=b0b");
		assertThat(output).contains("Access to the record 'app' of the collection 'config' in the bucket 'main'")
			.contains("is denied, or it does not exist")
			.doesNotContain("b0b");
	}

	@Test
	void missingCredentialsAreReported(CapturedOutput output) {
		fail("kinto:main/config/app", "--kinto.username=", "--kinto.password=");
		assertThat(output).contains("is denied, because the credentials are missing or wrong")
			.contains("Set kinto.username and kinto.password, or kinto.bearer-token");
	}

	@Test
	void anotherServerIsReported(CapturedOutput output) {
		try (StubServer stub = StubServer.answering(200, Map.of("Content-Type", "text/html"), "<html>")) {
			fail("optional:kinto:main/config/app", "--kinto.url=" + stub.url());
		}
		assertThat(output).contains("cannot be read as configuration")
			.contains("Check that kinto.url is the root URL of a Kinto API");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"a": {"b": 1}, "a.b": 2}  | several of its fields have the property name 'a.b'
			{"a": {" ": 1}}            | it has a field with a blank name
			{"": 1}                    | it has a field with a blank name
			""")
	void unusableDataIsReported(String json, String reason, CapturedOutput output) {
		create("app", JsonMapper.shared().readValue(json, MAP));
		fail("optional:kinto:main/config/app");
		assertThat(output)
			.contains("The record 'app' of the collection 'config' in the bucket 'main' on the Kinto server at "
					+ this.server.url() + " cannot be used as properties: " + reason + ".")
			.contains("Correct the record.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "kinto:", "kinto:main", "kinto:main/", "kinto:/config", "kinto:main/config/",
			"kinto:main/config/app/more", "kinto:main/config/a.b", "kinto:main/con fig", "kinto://main/config",
			"kinto:main/config/${unknown}" })
	void invalidLocationIsReported(String location, CapturedOutput output) {
		fail(location);
		assertThat(output).contains("The location '" + location + "' is invalid").contains("Correct the location");
	}

	@ParameterizedTest
	@ValueSource(strings = { "kinto:main", "kinto:main/config/missing" })
	void placeOfALocationIsReported(String location, CapturedOutput output) throws IOException {
		file("application.properties", "spring.config.import=" + location);
		fail(null);
		assertThat(output).contains("application.properties] - 1:22").contains("'" + location + "'");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					--kinto.timeout=0                   | kinto.timeout must be between 1ms and 24 days, but was 0s.
					--kinto.config.timeout=0            | kinto.config.timeout must be between 1ms and 24 days, but was 0s.
					--kinto.config.watch.interval=-1s   | kinto.config.watch.interval must be between 1ms and 24 days, but was -1s.
					--kinto.username=                   | kinto.password is set, but kinto.username is not.
					--kinto.url=http://localhost        | did you mean 'http://localhost/v1'?
					--kinto.url=${KINTO_HOST}           | kinto.url contains the placeholder 'KINTO_HOST', which cannot be resolved
					--kinto.password=${KINTO_SECRET:}x${OTHER} | kinto.password contains the placeholder 'OTHER', which cannot be resolved
					""")
	void invalidPropertiesAreReported(String property, String description, CapturedOutput output) {
		fail("optional:kinto:main/config/app", property);
		assertThat(output).contains("APPLICATION FAILED TO START").contains(description);
	}

	private void create(String id, Map<String, Object> data) {
		this.bucket.collection("config").create(id, data);
	}

	private void file(String name, String... lines) throws IOException {
		Files.write(this.folder.resolve(name), List.of(lines));
	}

	private String location() {
		return "--spring.config.location=" + this.folder.toUri();
	}

	private static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE).registerShutdownHook(false);
	}

	/**
	 * Run an application that imports a location, unless it is {@code null}.
	 */
	private void run(String location, Consumer<ConfigurableEnvironment> assertions, String... arguments) {
		try (ConfigurableApplicationContext context = application().run(arguments(location, arguments))) {
			assertions.accept(context.getEnvironment());
		}
	}

	private void fail(String location, String... arguments) {
		assertThatException().isThrownBy(() -> application().run(arguments(location, arguments)))
			.satisfies((ex) -> assertThat(ex).hasMessageNotContaining(CREDENTIALS));
	}

	private String[] arguments(String location, String... arguments) {
		Map<String, String> all = new LinkedHashMap<>();
		List<String> defaults = new ArrayList<>(List.of("--kinto.url=" + this.server.url(), "--kinto.username=ann",
				"--kinto.password=" + CREDENTIALS, location()));
		if (location != null) {
			defaults.add("--spring.config.import=" + location);
		}
		defaults.addAll(Arrays.asList(arguments));
		defaults.forEach((argument) -> all.put(argument.substring(0, argument.indexOf('=')), argument));
		return all.values().toArray(String[]::new);
	}

	private static EnumerablePropertySource<?> source(ConfigurableEnvironment environment, String name) {
		return (EnumerablePropertySource<?>) environment.getPropertySources().get(name);
	}

	private static Map<String, Object> properties(EnumerablePropertySource<?> source) {
		Map<String, Object> properties = new LinkedHashMap<>();
		for (String name : source.getPropertyNames()) {
			Object value = source.getProperty(name);
			properties.put(name, (value instanceof CharSequence) ? value.toString() : value);
		}
		return properties;
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

	}

}
