package io.kintospring.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

/**
 * What is written in the sources, without comments.
 */
class SourceTests {

	private static final Path SOURCES = Path.of("src/main/java/io/kintospring");

	/** Names of keys are not words of the protocol. */
	private static final Path KEYS = SOURCES.resolve("client/KintoObservationDocumentation.java");

	@ParameterizedTest
	@ValueSource(strings = { "If-Match", "If-None-Match", "IF_MATCH", "IF_NONE_MATCH", "/buckets", "\"buckets\"",
			"_since", "Next-Page", "\"Backoff\"", "\"Alert\"", "errno\"" })
	void wordOfTheProtocolIsOnlyInTheProtocol(String word) throws IOException {
		assertThat(sources()).filteredOn((file) -> !file.startsWith(SOURCES.resolve("protocol")) && !file.equals(KEYS))
			.filteredOn((file) -> code(file).contains(word))
			.isEmpty();
	}

	@Test
	void sourcesAreFound() throws IOException {
		assertThat(sources()).contains(SOURCES.resolve("KintoObject.java"),
				SOURCES.resolve("template/KintoTemplate.java"), SOURCES.resolve("protocol/Preconditions.java"));
		assertThat(Files.readString(SOURCES.resolve("protocol/Preconditions.java"))).contains("IF_MATCH");
	}

	private static String code(Path file) {
		return contentOf(file.toFile()).replaceAll("(?s)/\\*.*?\\*/", "");
	}

	private static List<Path> sources() throws IOException {
		try (Stream<Path> files = Files.walk(SOURCES)) {
			return files.filter((file) -> file.toString().endsWith(".java")).toList();
		}
	}

}
