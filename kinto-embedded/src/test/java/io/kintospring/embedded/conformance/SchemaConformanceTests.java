package io.kintospring.embedded.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.embedded.TestClient;
import io.kintospring.embedded.junit.EmbeddedKinto;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that compare the verdicts on schemas and records with those of a real Kinto. See
 * {@code json-schema/README.md} in the test resources.
 */
@EmbeddedKinto
class SchemaConformanceTests {

	private static final Path VERDICTS = Path.of("src/test/resources/json-schema");

	@ParameterizedTest
	@CsvSource({ "verdicts.json, 222", "generated.json, 500", "patterns.json, 150" })
	void verdictsAreThoseOfKinto(String file, int size, EmbeddedKintoServer server) {
		TestClient client = new TestClient(server, "alice");
		client.send("PUT", "/buckets/schemas", "");
		JsonNode verdicts = JsonMapper.shared().readTree(VERDICTS.resolve(file));
		assertThat(verdicts.size()).isEqualTo(size);
		List<String> differences = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			SchemaVerdict kinto = new SchemaVerdict(verdicts.get(i));
			String collection = "/buckets/schemas/collections/c" + i;
			differences
				.addAll(kinto.differences(SchemaVerdict.of(client, collection, kinto.schema(), kinto.records())));
		}
		assertThat(differences).isEmpty();
	}

}
