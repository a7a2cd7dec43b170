package io.kintospring.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that the Java code of each page is part of a class of this module, and so
 * compiles.
 */
class SnippetTests {

	private static final String SOURCES = sources();

	static Stream<Page> pagesWithCode() {
		return Page.all().filter((page) -> !page.code("java").isEmpty());
	}

	@ParameterizedTest
	@MethodSource("pagesWithCode")
	void codeCompiles(Page page) {
		assertThat(page.code("java"))
			.allSatisfy((code) -> assertThat(SOURCES.contains(normalized(code))).as(code).isTrue());
	}

	private static String sources() {
		try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
			return files.filter((path) -> path.toString().endsWith(".java"))
				.map(SnippetTests::read)
				.map(SnippetTests::normalized)
				.collect(Collectors.joining("\n"));
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

	/**
	 * The same code, however it is indented and wrapped.
	 */
	private static String normalized(String code) {
		return code.replaceAll("\\s+", "");
	}

}
