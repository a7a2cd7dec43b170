package io.kintospring.embedded.conformance;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.embedded.settings.KintoServerSettings;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that replay recorded requests of a real Kinto and compare the responses. See
 * {@code conformance/README.md} in the test resources.
 */
class ConformanceTests {

	private static final Path SCENARIOS = Path.of("src/test/resources/conformance");

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@TestFactory
	Stream<DynamicTest> responsesMatchRecordedResponsesOfKinto() throws IOException {
		try (Stream<Path> files = Files.walk(SCENARIOS)) {
			List<JsonNode> scenarios = files.filter((file) -> file.toString().endsWith(".json"))
				.sorted()
				.map((file) -> JsonMapper.shared().readTree(file))
				.toList();
			return scenarios.stream()
				.map((scenario) -> DynamicTest.dynamicTest(scenario.path("name").asString(), () -> check(scenario)));
		}
	}

	private void check(JsonNode scenario) throws Exception {
		Optional<String> difference = play(scenario);
		assertThat(difference).withFailMessage(() -> scenario.path("name").asString() + ": " + difference.orElse(""))
			.isEmpty();
	}

	private Optional<String> play(JsonNode scenario) throws IOException, InterruptedException {
		KintoServerSettings settings = KintoServerSettings.defaults();
		try {
			for (var setting : scenario.path("settings").properties()) {
				settings = settings.with(setting.getKey(), setting.getValue().asString());
			}
		}
		catch (IllegalArgumentException ex) {
			return Optional.of(String.valueOf(ex.getMessage()));
		}
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder().settings(settings).start()) {
			return new Replay(this.client, server.url()).play(scenario);
		}
	}

}
