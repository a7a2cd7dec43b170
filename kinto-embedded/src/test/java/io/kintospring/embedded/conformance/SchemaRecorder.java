package io.kintospring.embedded.conformance;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kintospring.embedded.TestClient;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records the verdicts of a Kinto server on generated schemas and records.
 */
final class SchemaRecorder {

	private static final int SCHEMAS = 500;

	private static final int RECORDS = 6;

	private static final long SEED = 29;

	private SchemaRecorder() {
	}

	/**
	 * Record the verdicts.
	 * @param args the URL of the server, with its version, and the file to write
	 */
	public static void main(String[] args) throws Exception {
		TestClient client = new TestClient(args[0], "user");
		String bucket = "/buckets/schemas-" + System.currentTimeMillis();
		client.send("PUT", bucket, "");
		SchemaGenerator generator = new SchemaGenerator(SEED);
		List<String> verdicts = new ArrayList<>();
		while (verdicts.size() < SCHEMAS) {
			ObjectNode schema = generator.schema();
			List<String> records = Stream.generate(() -> generator.record(schema).toString())
				.limit(RECORDS)
				.distinct()
				.toList();
			String collection = bucket + "/collections/c" + verdicts.size();
			verdicts.add(SchemaVerdict.of(client, collection, schema.toString(), records).json().toString());
		}
		client.send("DELETE", bucket, "");
		Files.writeString(Path.of(args[1]), verdicts.stream().collect(Collectors.joining(",\n", "[\n", "\n]\n")),
				StandardCharsets.UTF_8);
	}

}
