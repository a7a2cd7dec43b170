package io.kintospring.protocol;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kintospring.KintoResponseException;
import io.kintospring.server.KintoApiVersion;
import io.kintospring.server.KintoCapability;
import io.kintospring.server.KintoServerInfo;
import io.kintospring.server.KintoServerSettings;
import io.kintospring.server.KintoUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Reading of server information.
 */
class ServerInfoTests {

	private static final KintoResponse HELLO = Responses.json(200, """
			{"project_name":"kinto","project_version":"26.2.1","http_api_version":"1.23",
			 "project_docs":"https://kinto.readthedocs.io/","url":"http://127.0.0.1:8888/v1/","config":null,
			 "eos":"2030-01-31",
			 "settings":{"explicit_permissions":false,"batch_max_requests":25,"readonly":true,"attachments.x":[1]},
			 "user":{"id":"basicauth:29fd","principals":["basicauth:29fd","system.Everyone"],"bucket":"c65b"},
			 "capabilities":{"history":{"description":"Track changes","url":"http://h","version":{"a":"1"}}}}""");

	private final KintoCalls kinto = Requests.kinto();

	@Test
	void serverInfoIsRead() {
		KintoServerSettings settings = new KintoServerSettings(25, true, false, Map.of("explicit_permissions", false,
				"batch_max_requests", 25, "readonly", true, "attachments.x", List.of(1)));
		Map<String, KintoCapability> capabilities = Map.of("history", new KintoCapability("Track changes", "http://h",
				Map.of("description", "Track changes", "url", "http://h", "version", Map.of("a", "1"))));
		KintoUser user = new KintoUser("basicauth:29fd", Set.of("basicauth:29fd", "system.Everyone"), "c65b");
		assertThat(this.kinto.fetchServerInfo().read(HELLO)).isEqualTo(
				new KintoServerInfo("kinto", "26.2.1", new KintoApiVersion(1, 23), "https://kinto.readthedocs.io/",
						"http://127.0.0.1:8888/v1/", settings, capabilities, user, "2030-01-31"));
		assertThat(this.kinto.fetchServerInfo().read(HELLO).settings()).isEqualTo(settings);
		assertThat(this.kinto.fetchServerInfo().read(HELLO).capabilities()).isEqualTo(capabilities);
		assertThat(this.kinto.fetchUser().read(HELLO)).contains(user);
		assertThat(this.kinto.fetchServerInfo().read(HELLO).httpApiVersion()).isEqualTo(new KintoApiVersion(1, 23));
	}

	@Test
	void minimalServerInfoHasDefaults() {
		KintoResponse response = Responses.json(200, "{\"http_api_version\":\"1.4\"}");
		assertThat(this.kinto.fetchServerInfo().read(response))
			.isEqualTo(new KintoServerInfo("", "", new KintoApiVersion(1, 4), "", "",
					new KintoServerSettings(0, false, true, Map.of()), Map.of(), null, null));
		assertThat(this.kinto.fetchUser().read(response)).isEmpty();
	}

	@Test
	void nullsAreMissing() {
		KintoResponse response = Responses.json(200,
				"""
						{"http_api_version":"1.4","project_name":null,"settings":null,"user":null,"capabilities":null,"eos":null,
						 "url":null}""");
		assertThat(this.kinto.fetchServerInfo().read(response))
			.isEqualTo(new KintoServerInfo("", "", new KintoApiVersion(1, 4), "", "",
					new KintoServerSettings(0, false, true, Map.of()), Map.of(), null, null));
	}

	@Test
	void nullSettingsAreKept() {
		KintoResponse response = Responses.json(200,
				"{\"http_api_version\":\"1.4\",\"settings\":{\"batch_max_requests\":null,\"x\":null}}");
		KintoServerSettings settings = this.kinto.fetchServerInfo().read(response).settings();
		assertThat(settings.batchMaxRequests()).isZero();
		assertThat(settings.all()).containsEntry("x", null);
	}

	@Test
	void numericVersionIsRead() {
		assertThat(
				this.kinto.fetchServerInfo().read(Responses.json(200, "{\"http_api_version\":1.4}")).httpApiVersion())
			.isEqualTo(new KintoApiVersion(1, 4));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "{}", "[]", "5", "null", "{\"http_api_version\":null}", "{\"http_api_version\":\"new\"}",
					"{\"http_api_version\":{}}", "{\"http_api_version\":[1.4]}", "{\"title\":\"Another service\"}" })
	void responseOfOtherServiceFails(String body) {
		for (KintoCall<?> call : List.of(this.kinto.fetchServerInfo(), this.kinto.fetchUser())) {
			assertThatExceptionOfType(KintoResponseException.class)
				.isThrownBy(() -> call.read(Responses.json(200, body)))
				.withMessageContaining(
						"GET /: the response (200, application/json) cannot be read as server information: ");
		}
	}

	@Test
	void capabilityThatIsNotAnObjectHasNoAttributes() {
		KintoServerInfo info = this.kinto.fetchServerInfo()
			.read(Responses.json(200,
					"{\"http_api_version\":\"1.4\",\"capabilities\":{\"a\":true,\"b\":null,\"c\":[]}}"));
		assertThat(info.capabilities()).containsOnlyKeys("a", "b", "c")
			.allSatisfy((name, capability) -> assertThat(capability).isEqualTo(KintoCapability.of(Map.of())));
	}

}
