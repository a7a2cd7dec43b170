package io.kintospring.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StandaloneServer}, run in a separate process.
 */
@Timeout(60)
class StandaloneServerTests {

	private static final String ANNOUNCEMENT = "Kinto listens on ";

	private static final int TERMINATED = 143;

	@TempDir
	Path directory;

	@Test
	void serverPrintsUrlAndStopsOnTermination() throws Exception {
		Process process = start("--port", "0", "--kinto.paginate_by=3");
		try (BufferedReader out = process.inputReader()) {
			String line = out.readLine();
			assertThat(line).startsWith(ANNOUNCEMENT + "http://127.0.0.1:");
			process.toHandle().destroy();
			assertThat(process.waitFor()).isEqualTo(TERMINATED);
			assertThat(out.readLine()).isNull();
			assertThat(errors()).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource({ "--colour=red, --colour", "--port=high, high", "--port, --port", "--kinto.colour=red, colour",
			"--kinto.paginate_by=many, paginate_by", "--initial-data=nowhere.json, nowhere.json", "red, red",
			"--bearer-token=s3cret, --bearer-token" })
	void invalidArgumentIsReportedAndExitsProcess(String argument, String message) throws Exception {
		assertThat(start(argument).waitFor()).isEqualTo(2);
		assertThat(errors()).contains(message).doesNotContain("Exception");
	}

	@Test
	void portInUseIsReportedAndExitsProcess() throws Exception {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			assertThat(start("--port=" + server.port()).waitFor()).isEqualTo(1);
			assertThat(errors()).contains(String.valueOf(server.port())).doesNotContain("\tat ");
		}
	}

	@Test
	void dataIsSavedOnTermination() throws Exception {
		String dataFile = "--data-file=" + this.directory.resolve("kinto.json");
		Process process = start("--port=0", dataFile, "--bearer-token=ann:s3cret");
		try (BufferedReader out = process.inputReader()) {
			TestClient client = new TestClient(out.readLine().replace(ANNOUNCEMENT, ""), "alice");
			assertThat(client.get("/").path("capabilities").has("openid")).isTrue();
			client.send("PUT", "/buckets/blog", "");
			assertThat(start("--port=0", dataFile).waitFor()).isEqualTo(1);
			assertThat(errors()).contains("in use").doesNotContain("\tat ");
			process.toHandle().destroy();
			assertThat(process.waitFor()).isEqualTo(TERMINATED);
		}
		assertThat(Files.readString(this.directory.resolve("kinto.json"))).contains("\"blog\"");
	}

	@Test
	void helpListsArguments() throws Exception {
		Process process = start("--help");
		try (BufferedReader out = process.inputReader()) {
			assertThat(out.lines()).anyMatch((line) -> line.contains("--port"));
		}
		assertThat(process.waitFor()).isZero();
	}

	private Process start(String... args) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
						"--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
						StandaloneServer.class.getName()));
		command.addAll(List.of(args));
		Process process = new ProcessBuilder(command).redirectError(this.directory.resolve("err").toFile()).start();
		process.onExit().orTimeout(50, TimeUnit.SECONDS).exceptionally((ex) -> process.destroyForcibly());
		return process;
	}

	private String errors() throws IOException {
		return Files.readString(this.directory.resolve("err"));
	}

}
