package io.kintospring.embedded.conformance;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.settings.StorageBackend;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that replay recorded requests of a real Kinto and compare the responses. See the
 * files {@code README.md} in the test resources.
 */
class ConformanceTests {

	private static final Path RESOURCES = Path.of("src/test/resources");

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@TestFactory
	Stream<DynamicTest> memoryBackendRespondsLikeKintoInMemory() throws IOException {
		return tests(StorageBackend.MEMORY, "conformance");
	}

	@TestFactory
	Stream<DynamicTest> postgresqlBackendRespondsLikeKintoWithPostgresql() throws IOException {
		return tests(StorageBackend.POSTGRESQL, "conformance", "conformance-postgresql");
	}

	private Stream<DynamicTest> tests(StorageBackend backend, String... folders) throws IOException {
		List<DynamicTest> tests = new ArrayList<>();
		for (String folder : folders) {
			try (Stream<Path> files = Files.walk(RESOURCES.resolve(folder))) {
				files.filter((file) -> file.toString().endsWith(".json"))
					.sorted()
					.forEach((file) -> tests.add(DynamicTest.dynamicTest(RESOURCES.relativize(file).toString(),
							() -> check(file, backend))));
			}
		}
		return tests.stream();
	}

	private void check(Path file, StorageBackend backend) throws Exception {
		assertThat(play(Files.readString(file), backend).orElse(null)).as("%s", file).isNull();
	}

	private Optional<String> play(String scenario, StorageBackend backend) throws IOException, InterruptedException {
		KintoServerSettings settings = KintoServerSettings.defaults().with(KintoSetting.STORAGE_BACKEND, backend);
		for (var setting : JsonMapper.shared().readTree(scenario).path("settings").properties()) {
			settings = settings.with(setting.getKey(), setting.getValue().asString());
		}
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder().settings(settings).start()) {
			return new Replay(new ScenarioClient(this.client, server.url()))
				.play(scenario, "response-" + backend.name().toLowerCase(Locale.ROOT))
				.map(Difference::toString);
		}
	}

}
