package io.kintospring.embedded;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link StandaloneArguments}.
 */
class StandaloneArgumentsTests {

	@TempDir
	Path directory;

	@Test
	void serverListensOnLoopbackAndDefaultPort() {
		StandaloneArguments arguments = StandaloneArguments.parse("--port=0");
		assertThat(arguments.help()).isFalse();
		try (EmbeddedKintoServer server = arguments.server().start()) {
			assertThat(server.url()).startsWith("http://127.0.0.1:");
			assertThat(server.port()).isNotZero();
		}
	}

	@ParameterizedTest
	@CsvSource({ "localhost, http://localhost:", "127.0.0.1, http://127.0.0.1:", "::1, http://[::1]:" })
	void hostCanBeSelected(String host, String url) {
		try (EmbeddedKintoServer server = StandaloneArguments.parse("--port", "0", "--host", host).server().start()) {
			assertThat(server.url()).startsWith(url);
			assertThat(new TestClient(server, "ann").get("/").path("url").asString()).isEqualTo(server.url() + "/");
		}
	}

	@Test
	void accountsAreCreated() {
		StandaloneArguments arguments = StandaloneArguments.parse("--port=0", "--account=ann:secret", "--account",
				"bob:se:cr=et");
		try (EmbeddedKintoServer server = arguments.server().start()) {
			assertThat(userId(server, "ann:secret")).isEqualTo("account:ann");
			assertThat(userId(server, "bob:se:cr=et")).isEqualTo("account:bob");
			assertThat(userId(server, "bob:secret")).startsWith("basicauth:");
		}
	}

	@Test
	void initialDataIsRead() throws Exception {
		Path first = Files.writeString(this.directory.resolve("first.json"), "{\"buckets\":{\"a\":{}}}");
		Path second = Files.writeString(this.directory.resolve("second.json"),
				"{\"buckets\":{\"b\":{\"permissions\":{\"read\":[\"system.Everyone\"]}}}}");
		StandaloneArguments arguments = StandaloneArguments.parse("--port=0", "--initial-data=" + first,
				"--initial-data", second.toString(), "--kinto.bucket_read_principals", "system.Everyone");
		try (EmbeddedKintoServer server = arguments.server().start()) {
			assertThat(new TestClient(server, "ann").get("/buckets").path("data")).hasSize(2);
		}
	}

	@Test
	void settingsAreApplied() {
		StandaloneArguments arguments = StandaloneArguments.parse("--port=0", "--kinto.batch_max_requests=3",
				"--kinto.project_name", "a=b", "--multiauth.policies=account");
		try (EmbeddedKintoServer server = arguments.server().start()) {
			JsonNode hello = new TestClient(server, "ann").get("/");
			assertThat(hello.path("settings").path("batch_max_requests").asInt()).isEqualTo(3);
			assertThat(hello.path("project_name").asString()).isEqualTo("a=b");
			assertThat(hello.has("user")).isFalse();
		}
	}

	@Test
	void helpNamesEveryArgument() {
		assertThat(StandaloneArguments.parse("--help").help()).isTrue();
		assertThat(StandaloneArguments.parse("--port", "0", "--help").help()).isTrue();
		assertThat(StandaloneArguments.HELP).contains("--port", "--host", "--account", "--initial-data", "--kinto.",
				"--help", "8888");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = { "--port=high | --port must be a number, but was 'high'",
			"--port= | --port must be a number, but was ''",
			"--port=65536 | port must be from 0 to 65535, but was 65536",
			"--port=-1 | port must be from 0 to 65535, but was -1", "--port | --port requires a value",
			"--kinto.paginate_by | --kinto.paginate_by requires a value", "--colour=red | Unknown argument --colour",
			"red | Unknown argument red", "kinto.paginate_by=3 | Unknown argument kinto.paginate_by",
			"--account=ann | --account must be a name, a colon and a password",
			"--initial-data=nowhere.json | Cannot read the initial data from 'nowhere.json'" })
	void invalidArgumentIsRejected(String argument, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> StandaloneArguments.parse(argument)).withMessage(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "--kinto.colour=red", "--kinto.paginate_by=many" })
	void invalidSettingIsRejected(String argument) {
		assertThatIllegalArgumentException().isThrownBy(() -> StandaloneArguments.parse(argument))
			.withMessageContaining(argument.substring("--".length(), argument.indexOf('=')));
	}

	private static String userId(EmbeddedKintoServer server, String credentials) {
		TestClient client = new TestClient(server, "");
		String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
		return TestClient.json(client.send("GET", "/", "", "Authorization", "Basic " + basic))
			.path("user")
			.path("id")
			.asString();
	}

}
