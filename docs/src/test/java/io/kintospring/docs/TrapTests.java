package io.kintospring.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that the tests exist that the page of traps names.
 */
class TrapTests {

	private static final List<Path> SOURCES = sources();

	static Stream<String> tests() {
		return Page.of(Page.ROOT.resolve("docs/traps.md"))
			.rows()
			.stream()
			.map((row) -> row.get(3))
			.filter((cell) -> !cell.equals("tests"))
			.flatMap((cell) -> Arrays.stream(cell.split(", ")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("tests")
	void testIsThere(String test) {
		assertThat(test).matches("([a-z]+\\.)?\\w+Tests\\.\\w+");
		int dot = test.lastIndexOf('.');
		String file = test.substring(0, dot).replace('.', '/') + ".java";
		String method = "\n\tvoid " + test.substring(dot + 1) + "(";
		assertThat(SOURCES.stream().filter((source) -> source.endsWith(file))).as(file)
			.singleElement()
			.matches((source) -> read(source).contains(method), "has " + test);
	}

	private static List<Path> sources() {
		try (Stream<Path> modules = Files.list(Page.ROOT)) {
			return modules.map((module) -> module.resolve("src/test/java"))
				.filter(Files::isDirectory)
				.flatMap(TrapTests::files)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<Path> files(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path path) {
		try {
			return Files.readString(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
