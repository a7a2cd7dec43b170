package io.kintospring.embedded;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import io.kintospring.embedded.file.DataFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for servers that keep their data in a file.
 */
@Timeout(120)
class DataFileTests {

	private static final String BUCKET = "/buckets/blog";

	private static final String COLLECTION = BUCKET + "/collections/posts";

	private static final String RECORDS = COLLECTION + "/records";

	private static final String INITIAL_DATA = """
			{"buckets": {"initial": {"permissions": {"read": ["system.Everyone"]}}}}""";

	@TempDir
	Path directory;

	@Test
	void recordsVersionsAndTombstonesAreKept() {
		JsonNode before;
		String etag;
		try (EmbeddedKintoServer server = start()) {
			TestClient alice = client(server);
			create(alice, "a", "1");
			create(alice, "b", "12345678901234567890");
			create(alice, "c", "1.5");
			alice.send("DELETE", RECORDS + "/a", "");
			before = alice.get(RECORDS + "?_since=0&_sort=id");
			etag = etag(alice.send("HEAD", RECORDS, ""));
		}
		try (EmbeddedKintoServer server = start()) {
			TestClient alice = client(server);
			assertThat(alice.get(RECORDS + "?_since=0&_sort=id")).isEqualTo(before);
			assertThat(before.path("data")).hasSize(3);
			assertThat(etag(alice.send("HEAD", RECORDS, ""))).isEqualTo(etag);
			assertThat(alice.get("/").path("user").path("id").asString()).startsWith("basicauth:");
		}
	}

	@Test
	void timestampsContinueAfterARestartWhoseClockIsLate() {
		Instant now = Instant.parse("2026-11-23T12:00:00Z");
		String before;
		try (EmbeddedKintoServer server = builder().clock(Clock.fixed(now, ZoneOffset.UTC)).start()) {
			create(client(server), "a", "1");
			before = etag(client(server).send("HEAD", RECORDS, ""));
		}
		try (EmbeddedKintoServer server = builder().clock(Clock.fixed(now.minusSeconds(9), ZoneOffset.UTC)).start()) {
			TestClient alice = client(server);
			alice.send("PUT", RECORDS + "/b", "");
			assertThat(etag(alice.send("HEAD", RECORDS, ""))).isGreaterThan(before);
			alice.send("PUT", BUCKET + "/collections/other", "");
			assertThat(etag(alice.send("HEAD", BUCKET + "/collections/other/records", ""))).isGreaterThan(before);
		}
	}

	@Test
	void permissionsGroupsHistoryAndAccountsAreKept() {
		JsonNode history;
		try (EmbeddedKintoServer server = builder().account("ann", "secret").start()) {
			TestClient alice = client(server);
			create(alice, "a", "1");
			alice.send("PUT", BUCKET + "/groups/editors", "{\"data\":{\"members\":[\"account:ann\"]}}");
			alice.send("PATCH", COLLECTION, "{\"permissions\":{\"write\":[\"/buckets/blog/groups/editors\"]}}");
			history = alice.get(BUCKET + "/history");
		}
		try (EmbeddedKintoServer server = start()) {
			TestClient ann = new TestClient(server, "ann");
			assertThat(ann.get("/").path("user").path("id").asString()).isEqualTo("account:ann");
			assertThat(ann.send("PUT", RECORDS + "/b", "").statusCode()).isEqualTo(201);
			assertThat(new TestClient(server, "bob").send("PUT", RECORDS + "/b", "").statusCode()).isEqualTo(403);
			List<JsonNode> entries = List.copyOf(client(server).get(BUCKET + "/history").path("data").values());
			assertThat(entries.subList(1, entries.size())).containsExactlyElementsOf(history.path("data").values());
			assertThat(client(server).get(COLLECTION).path("permissions").path("write")).hasSize(2);
		}
	}

	@Test
	void attachmentsAreKept() {
		String location;
		EmbeddedKintoServer.Builder builder = builder().setting("attachment.randomize", "false");
		try (EmbeddedKintoServer server = builder.start()) {
			TestClient alice = client(server);
			create(alice, "a", "1");
			location = TestClient.json(alice.post(RECORDS + "/a/attachment", TestForm.file("hello")))
				.path("location")
				.asString();
			builder.port(server.port());
		}
		try (EmbeddedKintoServer server = builder.start()) {
			TestClient alice = client(server);
			assertThat(alice.download(location).body()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
			alice.send("DELETE", RECORDS + "/a", "");
			assertThat(alice.download(location).statusCode()).isEqualTo(404);
		}
	}

	@Test
	void initialDataIsLoadedOnlyIfTheFileDoesNotExist() {
		try (EmbeddedKintoServer server = withInitialData().start()) {
			assertThat(client(server).get("/buckets/initial").path("data").path("id").asString()).isEqualTo("initial");
			assertThat(file()).exists();
		}
		Path other = this.directory.resolve("other.json");
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder().dataFile(other).start()) {
			client(server).send("PUT", BUCKET, "");
		}
		try (EmbeddedKintoServer server = withInitialData().account("ann", "secret").dataFile(other).start()) {
			assertThat(new TestClient(server, "ann").get("/").path("user").path("id").asString())
				.startsWith("basicauth:");
			assertThat(client(server).send("GET", "/buckets/initial", "").statusCode()).isEqualTo(403);
			assertThat(client(server).send("GET", BUCKET, "").statusCode()).isEqualTo(200);
			server.flush();
			assertThat(client(server).send("GET", "/buckets/initial", "").statusCode()).isEqualTo(200);
		}
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder().dataFile(other).start()) {
			assertThat(client(server).send("GET", "/buckets/initial", "").statusCode()).isEqualTo(200);
			assertThat(client(server).send("GET", BUCKET, "").statusCode()).isEqualTo(403);
		}
	}

	@Test
	void missingDirectoriesAreCreated() {
		Path file = this.directory.resolve("a/b/kinto.json");
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder().dataFile(file).start()) {
			assertThat(file).exists();
			assertThat(server.dataFile()).isEqualTo(file.toAbsolutePath());
		}
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void fileIsReadableOnlyForItsOwner() throws IOException {
		Files.writeString(file(), "{\"format\":\"kinto-embedded\",\"version\":1,\"timestamp\":1}");
		Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
		try (EmbeddedKintoServer server = start()) {
			client(server).send("PUT", BUCKET, "");
		}
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
	}

	@Test
	void fileContainsNoPasswords() throws IOException {
		try (EmbeddedKintoServer server = builder().account("ann", "s3cr3t-password")
			.bearerToken("s3cr3t-token", "bob")
			.start()) {
			assertThat(server.toString()).doesNotContain("s3cr3t");
		}
		assertThat(Files.readString(file())).contains("ann").doesNotContain("s3cr3t");
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void targetOfASymbolicLinkIsReplaced() throws IOException {
		Path link = Files.createSymbolicLink(this.directory.resolve("link.json"), file());
		start().close();
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder().dataFile(link).start()) {
			client(server).send("PUT", BUCKET, "");
		}
		assertThat(link).isSymbolicLink();
		try (EmbeddedKintoServer server = start()) {
			assertThat(client(server).send("GET", BUCKET, "").statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "'' | not a data file", "{ | not JSON at line 1",
			"s3cr3t | not JSON at line 1", "[] | not a data file", "{\"buckets\":{}} | not a data file",
			"{\"format\":\"kinto-embedded\",\"version\":2} | version is not 1",
			"{\"format\":\"kinto-embedded\",\"version\":1} | timestamp",
			"{\"format\":\"kinto-embedded\",\"version\":1,\"lists\":[{\"parent\":\"s3cr3t\"}]} | lists[0].parent",
			"{\"format\":\"kinto-embedded\",\"version\":1,\"lists\":[{\"resource\":\"bucket\",\"objects\":[{}]}]} | lists[0].objects[0]",
			"{\"format\":\"kinto-embedded\",\"version\":1,\"attachments\":[{\"location\":\"a\",\"type\":\"b\",\"content\":\"s3cr3t\"}]} | attachments[0].content" })
	void unreadableFileIsRejectedAndNotChanged(String content, String message) throws IOException {
		Files.writeString(file(), content);
		assertThatExceptionOfType(DataFileException.class).isThrownBy(this::start)
			.withMessageContainingAll(file().toString(), message, "It was not changed", "delete it")
			.satisfies((ex) -> {
				assertThat(ex).hasStackTraceContaining("cannot be read");
				for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
					assertThat(cause.toString()).doesNotContain("s3cr3t");
				}
				assertThat(ex.file()).isEqualTo(file());
			});
		assertThat(file()).hasContent(content);
	}

	@Test
	void directoryIsRejected() {
		assertThatExceptionOfType(DataFileException.class)
			.isThrownBy(EmbeddedKintoServer.builder().dataFile(this.directory)::start)
			.withMessageContaining("it is a directory");
	}

	@Test
	void secondServerIsRejectedUntilTheFirstIsClosed() {
		try (EmbeddedKintoServer first = start()) {
			assertThatExceptionOfType(DataFileException.class).isThrownBy(this::start)
				.withMessageContainingAll(file().toString(), "in use");
			assertThat(client(first).send("PUT", BUCKET, "").statusCode()).isEqualTo(201);
		}
		start().close();
	}

	@Test
	void fileIsReleasedAndNotCreatedWhenThePortIsInUse() {
		try (EmbeddedKintoServer other = EmbeddedKintoServer.start()) {
			assertThatIllegalStateException().isThrownBy(builder().port(other.port())::start);
			assertThat(file()).doesNotExist();
		}
		start().close();
	}

	@Test
	void closeIsIdempotentAndReportsThatTheFileCannotBeWritten() throws IOException {
		EmbeddedKintoServer server = start();
		client(server).send("PUT", BUCKET, "");
		// the temporary file cannot be created
		Files.createDirectories(this.directory.resolve("kinto.json.tmp/in-the-way"));
		assertThatExceptionOfType(DataFileException.class).isThrownBy(server::close)
			.withMessageContainingAll(file().toString(), "cannot be written", "kinto.json.tmp' is in the way");
		server.close();
	}

	@Test
	void changesAreSavedWithoutClosingTheServer() throws IOException {
		try (EmbeddedKintoServer server = start()) {
			client(server).send("PUT", BUCKET, "");
			while (!Files.readString(file()).contains("\"blog\"")) {
				client(server).get("/");
			}
		}
	}

	/**
	 * The server is killed while it saves changes all the time.
	 */
	@Test
	void killedServerLeavesAReadableFile() throws Exception {
		int saved = 0;
		for (int i = 0; i < 3; i++) {
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-cp", System.getProperty("java.class.path"), StandaloneServer.class.getName(), "--port=0",
					"--data-file", file().toString())
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start();
			try (BufferedReader out = process.inputReader()) {
				String url = out.readLine().replace("Kinto listens on ", "");
				TestClient alice = new TestClient(url, "alice");
				if (i == 0) {
					alice.send("PUT", BUCKET, "");
					alice.send("PUT", COLLECTION, "");
				}
				assertThat(alice.get(RECORDS).path("data").size()).isGreaterThanOrEqualTo(saved);
				saved = writeUntilSaved(alice, i);
				process.destroyForcibly();
			}
			process.waitFor();
		}
		try (EmbeddedKintoServer server = start()) {
			assertThat(client(server).get(RECORDS).path("data").size()).isGreaterThanOrEqualTo(saved);
		}
	}

	/**
	 * Write until the file was replaced several times.
	 * @return the number of records in the file
	 */
	private int writeUntilSaved(TestClient client, int round) throws IOException {
		int saves = 0;
		Object last = Files.getLastModifiedTime(file());
		for (int i = 0; saves < 3; i++) {
			client.send("PUT", RECORDS + "/r" + round + "-" + i, "{\"data\":{\"n\":1}}");
			Object modified = Files.getLastModifiedTime(file());
			saves += modified.equals(last) ? 0 : 1;
			last = modified;
		}
		// once in the history
		return Files.readString(file()).split(RECORDS + "/r").length - 1;
	}

	private Path file() {
		return this.directory.resolve("kinto.json").toAbsolutePath();
	}

	private EmbeddedKintoServer.Builder builder() {
		return EmbeddedKintoServer.builder().dataFile(file());
	}

	private EmbeddedKintoServer.Builder withInitialData() {
		return builder().initialData(new ByteArrayInputStream(INITIAL_DATA.getBytes(StandardCharsets.UTF_8)));
	}

	private EmbeddedKintoServer start() {
		return builder().start();
	}

	private static TestClient client(EmbeddedKintoServer server) {
		return new TestClient(server, "alice");
	}

	private static void create(TestClient client, String id, String value) {
		client.send("PUT", BUCKET, "");
		client.send("PUT", COLLECTION, "");
		assertThat(client.send("PUT", RECORDS + "/" + id, "{\"data\":{\"n\":%s}}".formatted(value)).statusCode())
			.isEqualTo(201);
	}

	private static String etag(HttpResponse<String> response) {
		return response.headers().firstValue("ETag").orElseThrow();
	}

}
