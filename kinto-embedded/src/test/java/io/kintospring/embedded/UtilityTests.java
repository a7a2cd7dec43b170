package io.kintospring.embedded;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for endpoints that describe the server.
 */
class UtilityTests {

	@Test
	void contributeDescribesProject() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			assertThat(new TestClient(server, "").get("/contribute.json").propertyNames())
				.containsExactlyInAnyOrder("bugs", "description", "keywords", "name", "participate", "repository");
		}
	}

	@Test
	void countersCountObjectsAndTombstones() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("includes", "kinto.plugins.counters kinto.plugins.history")
			.start()) {
			TestClient alice = new TestClient(server, "alice");
			assertThat(alice.get("/__counters__")).hasToString("{\"objects\":{},\"tombstones\":{}}");
			for (String bucket : new String[] { "a", "b" }) {
				alice.send("PUT", "/buckets/" + bucket, "");
				alice.send("PUT", "/buckets/" + bucket + "/collections/c", "");
				alice.send("PUT", "/buckets/" + bucket + "/collections/c/records/r", "");
				alice.send("PUT", "/buckets/" + bucket + "/collections/c/records/s", "");
				alice.send("DELETE", "/buckets/" + bucket + "/collections/c/records/s", "");
			}
			JsonNode counters = alice.get("/__counters__");
			assertThat(counters.path("objects").properties()).map(Object::toString)
				.containsExactlyInAnyOrder("bucket=2", "collection=2", "record=2", "history=10");
			assertThat(counters.path("tombstones")).hasToString("{\"record\":2}");
			assertThat(alice.get("/").path("capabilities").has("counters_endpoint")).isTrue();
		}
	}

	@ParameterizedTest
	@CsvSource({ "accounts, Manage user accounts., https://kinto.readthedocs.io/en/latest/api/1.x/accounts.html",
			"history, Track changes on data., http://kinto.readthedocs.io/en/latest/api/1.x/history.html",
			"schema, Validates collection records with JSON schemas.,"
					+ "https://kinto.readthedocs.io/en/latest/api/1.x/collections.html#collection-json-schema",
			"flush_endpoint, The __flush__ endpoint can be used to remove all data from all backends.,"
					+ "https://kinto.readthedocs.io/en/latest/api/1.x/flush.html" })
	void capabilitiesHaveTextsOfKinto(String name, String description, String url) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			JsonNode capability = new TestClient(server, "").get("/").path("capabilities").path(name);
			assertThat(capability.path("description").asString()).isEqualTo(description);
			assertThat(capability.path("url").asString()).isEqualTo(url);
		}
	}

	@Test
	void dateOfHistoryHasMicrosecondsAndOffset() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.clock(Clock.fixed(Instant.parse("2026-11-23T12:00:00.123456789Z"), ZoneOffset.ofHours(2)))
			.start()) {
			TestClient alice = new TestClient(server, "alice");
			alice.send("PUT", "/buckets/b", "");
			assertThat(alice.get("/buckets/b/history").path("data").get(0).path("date").asString())
				.isEqualTo("2026-11-23T12:00:00.123456+00:00");
		}
	}

	@Test
	void countersRequirePlugin() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			assertThat(new TestClient(server, "").send("GET", "/__counters__", "").statusCode()).isEqualTo(404);
		}
	}

	@ParameterizedTest
	@CsvSource({ "kinto.plugins.history, true, 202", "kinto.plugins.flush, false, 404" })
	void oldSettingDecidesAboutFlushing(String includes, String enabled, int status) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("includes", includes)
			.setting("kinto.flush_endpoint_enabled", enabled)
			.start()) {
			TestClient client = new TestClient(server, "");
			assertThat(client.send("POST", "/__flush__", "").statusCode()).isEqualTo(status);
			assertThat(client.get("/").path("capabilities").has("flush_endpoint")).isEqualTo(status == 202);
		}
	}

	@Test
	void everyDescribedOperationExistsAndItsResponseIsDescribed() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("includes",
					"kinto.plugins.history kinto.plugins.accounts kinto.plugins.counters kinto.plugins.flush")
			.start()) {
			TestClient alice = new TestClient(server, "alice");
			JsonNode api = alice.get("/__api__");
			assertThat(api.path("swagger").asString()).isEqualTo("2.0");
			assertThat("http://" + api.path("host").asString() + api.path("basePath").asString())
				.isEqualTo(server.url());
			Set<String> operations = new TreeSet<>();
			api.path("paths").forEachEntry((path, service) -> {
				JsonNode variables = service.path("parameters");
				assertThat(path.chars().filter((character) -> character == '{').count()).isEqualTo(variables.size());
				service.forEachEntry((method, operation) -> {
					if (!method.equals("parameters")) {
						assertThat(operations.add(operation.path("operationId").asString())).isTrue();
						createAll(alice);
						HttpResponse<String> response = alice.send(method.toUpperCase(Locale.ROOT), filled(path),
								body(path));
						assertThat(operation.path("responses").propertyNames()).as("%s %s", method, path)
							.contains(String.valueOf(response.statusCode()));
						assertThat(response.statusCode()).as("%s %s", method, path).isBetween(200, 299);
					}
				});
			});
			assertThat(operations)
				.contains("server_info", "batch", "get_buckets", "create_bucket", "delete_buckets", "get_record",
						"update_record", "patch_record", "delete_record", "get_history", "get_permissions",
						"get_account", "get_history_snapshot", "get_counters", "get_openapi_spec")
				.doesNotContain("create_history", "head_buckets");
		}
	}

	@Test
	void descriptionRefersOnlyToItsDefinitions() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			JsonNode api = new TestClient(server, "").get("/__api__");
			Set<String> references = new TreeSet<>(api.findValuesAsString("$ref"));
			assertThat(references).isNotEmpty()
				.allMatch((reference) -> api.path("definitions").has(reference.replace("#/definitions/", "")));
		}
	}

	private static void createAll(TestClient alice) {
		alice.send("POST", "/__flush__", "");
		alice.send("PUT", "/accounts/alice", body("/accounts/alice"), "Authorization", "");
		for (String path : new String[] { "/buckets/b", "/buckets/b/groups/i", "/buckets/i", "/buckets/b/collections/i",
				"/buckets/b/collections/c", "/buckets/b/collections/c/records/i" }) {
			alice.send("PUT", path, body(path));
		}
	}

	private static String filled(String path) {
		return path.replace("{bucket_id}", "b")
			.replace("{collection_id}", "c")
			.replace("{timestamp}", "5")
			.replace("{id}", path.startsWith("/accounts") ? "alice" : "i");
	}

	private static String body(String path) {
		if (path.startsWith("/batch")) {
			return "{\"requests\":[{\"path\":\"/\"}]}";
		}
		if (path.startsWith("/accounts")) {
			return "{\"data\":{\"id\":\"alice\",\"password\":\"secret\"}}";
		}
		return "{\"data\":{\"a\":1},\"permissions\":{}}";
	}

}
