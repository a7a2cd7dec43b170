package io.kintospring.embedded.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for the messages of {@link DataFileException}.
 */
class DataFileExceptionTests {

	private static final Path FILE = Path.of("kinto.json");

	@TempDir
	private Path folder;

	static Stream<Arguments> reasons() {
		return Stream.of(arguments(new AccessDeniedException("a/b"), "access to 'a/b' is denied"),
				arguments(new NoSuchFileException("a/b"), "'a/b' does not exist"),
				arguments(new FileAlreadyExistsException("a/b"), "'a/b' is in the way"),
				arguments(new DirectoryNotEmptyException("a/b"), "'a/b' is in the way"),
				arguments(new FileSystemException("a", null, "Read-only file system"), "Read-only file system"),
				arguments(new IOException("No space left on device"), "No space left on device"),
				arguments(new IOException(), "the operating system gives no reason"));
	}

	@ParameterizedTest
	@MethodSource("reasons")
	void messageContainsTheReasonInPlainWords(IOException cause, String reason) {
		assertThat(DataFileException.unwritable(FILE, cause)).hasCause(cause)
			.hasMessageContaining("cannot be written: " + reason + ". Make its directory writable")
			.hasMessageNotContaining("Exception");
		assertThat(DataFileException.unreadable(FILE, cause)).hasCause(cause)
			.hasMessageContaining("cannot be read: " + reason + ". It was not changed.")
			.hasMessageNotContaining("Exception");
	}

	@Test
	void directoryThatIsAFileIsReported() throws IOException {
		Path file = Files.createFile(this.folder.resolve("file"));
		assertThatExceptionOfType(DataFileException.class).isThrownBy(() -> DataFile.open(file.resolve("kinto.json")))
			.withMessageContaining("'" + file + "' is in the way");
	}

	@Test
	void failureToWriteIsReportedWithItsReason() {
		try (DataFile file = DataFile.open(this.folder.resolve("kinto.json"))) {
			assertThatExceptionOfType(DataFileException.class).isThrownBy(() -> file.write((out) -> {
				throw new UncheckedIOException("s3cr3t", new IOException("No space left on device"));
			})).withMessageContaining("No space left on device").satisfies(DataFileExceptionTests::containsNoData);
		}
	}

	@Test
	void failureToConvertTheDataIsReportedWithoutData() {
		try (DataFile file = DataFile.open(this.folder.resolve("kinto.json"))) {
			assertThatExceptionOfType(DataFileException.class).isThrownBy(() -> file.write((out) -> {
				throw new IllegalStateException("s3cr3t");
			}))
				.withMessageContaining("its content cannot be represented in JSON")
				.satisfies(DataFileExceptionTests::containsNoData);
		}
	}

	private static void containsNoData(DataFileException ex) {
		assertThat(ex).hasStackTraceContaining("cannot be written");
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			assertThat(cause.toString()).doesNotContain("s3cr3t");
		}
	}

}
