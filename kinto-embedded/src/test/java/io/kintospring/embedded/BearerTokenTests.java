package io.kintospring.embedded;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for authentication with bearer tokens.
 */
class BearerTokenTests {

	private static final String TOKEN = "t0ken-of-alice";

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@ParameterizedTest
	@ValueSource(strings = { "Bearer", "bearer", "BEARER" })
	void tokenIdentifiesItsUser(String scheme) {
		try (EmbeddedKintoServer server = start()) {
			JsonNode user = hello(server, scheme + " " + TOKEN).path("user");
			assertThat(user.path("id").asString()).isEqualTo("openid:alice");
			assertThat(user.path("principals").valueStream().map(JsonNode::asString)).contains("openid:alice",
					"system.Authenticated");
			assertThat(user.path("profile")).hasToString("{\"sub\":\"alice\"}");
			assertThat(user.has("bucket")).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer other", "Bearer", "Bearer ", "Bearer  " + TOKEN, TOKEN, "Token " + TOKEN,
			"Basic " + TOKEN })
	void userOfAnyOtherHeaderIsAnonymous(String authorization) {
		try (EmbeddedKintoServer server = start()) {
			assertThat(hello(server, authorization).has("user")).isFalse();
			HttpResponse<String> response = get(server, "/buckets", authorization);
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(response.body()).contains("\"errno\":104").doesNotContain(TOKEN);
			assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly("Basic realm=\"Realm\"",
					"Basic realm=\"Realm\"", "Bearer realm=\"Realm\"");
		}
	}

	@Test
	void otherPoliciesStillApply() {
		try (EmbeddedKintoServer server = start()) {
			JsonNode user = hello(server, "Basic YWxpY2U6c2VjcmV0").path("user");
			assertThat(user.path("id").asString()).startsWith("basicauth:");
			assertThat(user.path("profile")).isEmpty();
			assertThat(user.has("profile")).isTrue();
		}
	}

	@Test
	void providerIsACapability() {
		try (EmbeddedKintoServer server = start()) {
			JsonNode provider = hello(server, "").path("capabilities").path("openid").path("providers").path(0);
			assertThat(provider.path("name").asString()).isEqualTo("openid");
			assertThat(provider.path("header_type").asString()).isEqualTo("Bearer");
			assertThat(provider.propertyNames()).containsExactlyInAnyOrder("name", "issuer", "auth_path", "client_id",
					"audience", "header_type", "userinfo_endpoint");
		}
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			assertThat(hello(server, "").path("capabilities").has("openid")).isFalse();
			assertThat(get(server, "/buckets", "").headers().allValues("WWW-Authenticate"))
				.containsExactly("Basic realm=\"Realm\"", "Basic realm=\"Realm\"");
		}
	}

	@Test
	void tokensCanBeTheOnlyPolicy() {
		try (EmbeddedKintoServer server = builder().setting("multiauth.policies", "openid").start()) {
			assertThat(hello(server, "Basic YWxpY2U6c2VjcmV0").has("user")).isFalse();
			assertThat(hello(server, "Bearer " + TOKEN).path("user").path("id").asString()).isEqualTo("openid:alice");
			assertThat(get(server, "/buckets", "").headers().allValues("WWW-Authenticate"))
				.containsExactly("Bearer realm=\"Realm\"");
		}
	}

	@Test
	void responseInBatchHasLastChallenge() {
		try (EmbeddedKintoServer server = start()) {
			JsonNode batch = TestClient.json(new TestClient(server, "alice").send("POST", "/batch",
					"{\"requests\":[{\"path\":\"/buckets\"}]}", "Authorization", "none"));
			assertThat(batch.path("responses").path(0).path("headers").path("WWW-Authenticate").asString())
				.isEqualTo("Bearer realm=\"Realm\"");
		}
	}

	@ParameterizedTest
	@CsvSource({ "'', alice, must consist", "two words, alice, must consist", "s3cr\u00e9t, alice, must consist",
			"t0ken-of-alice, bob, have the same bearer token", "s3cret, ' ', must not be blank" })
	void invalidTokenIsRejectedWithoutNamingIt(String token, String subject, String message) {
		EmbeddedKintoServer.Builder builder = builder();
		assertThatIllegalArgumentException().isThrownBy(() -> builder.bearerToken(token, subject))
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("s3c", TOKEN, "two words"));
	}

	private static EmbeddedKintoServer.Builder builder() {
		return EmbeddedKintoServer.builder().bearerToken(TOKEN, "alice");
	}

	private static EmbeddedKintoServer start() {
		return builder().start();
	}

	private JsonNode hello(EmbeddedKintoServer server, String authorization) {
		return TestClient.json(get(server, "/", authorization));
	}

	private HttpResponse<String> get(EmbeddedKintoServer server, String path, String authorization) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
		if (!authorization.isEmpty()) {
			request.header("Authorization", authorization);
		}
		return this.client.sendAsync(request.build(), BodyHandlers.ofString()).join();
	}

}
