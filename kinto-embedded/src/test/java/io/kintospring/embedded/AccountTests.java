package io.kintospring.embedded;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.kintospring.embedded.junit.EmbeddedKinto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for accounts.
 */
@EmbeddedKinto(settings = "kinto.account_write_principals=account:admin")
class AccountTests {

	private static final String PASSWORD = "{\"data\":{\"password\":\"secret\"}}";

	private TestClient anonymous;

	private TestClient ann;

	private TestClient stranger;

	@BeforeEach
	void createAccount(EmbeddedKintoServer server) {
		this.anonymous = new TestClient(server, "");
		this.ann = new TestClient(server, "ann");
		this.stranger = new TestClient(server, "stranger");
		assertThat(this.anonymous.send("PUT", "/accounts/ann", PASSWORD).statusCode()).isEqualTo(201);
		assertThat(this.ann.get("/").path("user").path("id").asString()).isEqualTo("account:ann");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "{} | body:data", " | body:data", "{'data':{}} | body:data.password",
					"{'data':{'password':5}} | body:data.password", "{'data':{'password':null}} | body:data.password",
					"{'data':{'password':''}} | body:data.password" })
	void accountRequiresPassword(String body, String detail) {
		HttpResponse<String> response = this.anonymous.send("PUT", "/accounts/bob",
				(body != null) ? body.replace('\'', '"') : "");
		assertThat(TestClient.error(response)).isEqualTo("400 107 " + detail);
	}

	@ParameterizedTest
	@CsvSource({ "x, 72, 201", "x, 73, 400", "é, 36, 201", "é, 37, 400" })
	void passwordIsLimitedTo72Bytes(String character, int count, int status) {
		HttpResponse<String> response = this.anonymous.send("PUT", "/accounts/bob",
				"{\"data\":{\"password\":\"%s\"}}".formatted(character.repeat(count)));
		assertThat(response.statusCode()).isEqualTo(status);
		if (status == 400) {
			assertThat(TestClient.error(response)).isEqualTo("400 107 body:data.password");
		}
	}

	@Test
	void passwordIsReturnedAsHash() {
		JsonNode account = this.ann.get("/accounts/ann");
		assertThat(account.path("data").path("password").asString()).startsWith("$2b$").hasSize(60);
		assertThat(account.path("permissions")).hasToString("{\"write\":[\"account:ann\"]}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ann.b+c@example.org", "default", "5" })
	void nameCanBeEmailAddress(String name, EmbeddedKintoServer server) {
		assertThat(this.anonymous.send("PUT", "/accounts/" + name, PASSWORD).statusCode()).isEqualTo(201);
		assertThat(new TestClient(server, name).get("/").path("user").path("id").asString())
			.isEqualTo("account:" + name);
	}

	@Test
	void invalidNameIsRejected() {
		assertThat(TestClient.error(this.anonymous.send("PUT", "/accounts/a%20b", PASSWORD))).isEqualTo("400 107 path");
	}

	@Test
	void userCannotCreateAccountOfOtherName() {
		assertThat(TestClient.error(this.ann.send("PUT", "/accounts/bob", PASSWORD))).isEqualTo("400 107 body:data.id");
		assertThat(
				TestClient.error(this.ann.send("POST", "/accounts", "{\"data\":{\"id\":\"bob\",\"password\":\"x\"}}")))
			.isEqualTo("400 107 body:data.id");
	}

	@Test
	void postRequiresName() {
		assertThat(TestClient.error(this.anonymous.send("POST", "/accounts", PASSWORD)))
			.isEqualTo("400 107 body:data.id");
		assertThat(TestClient.error(this.ann.send("POST", "/accounts", PASSWORD))).isEqualTo("400 107 body:data.id");
	}

	@Test
	void postOfExistingAccountReturnsItToItsUserOnly() {
		String body = "{\"data\":{\"id\":\"ann\",\"password\":\"other\"}}";
		assertThat(TestClient.error(this.anonymous.send("POST", "/accounts", body))).isEqualTo("401 104");
		assertThat(this.ann.send("POST", "/accounts", body).statusCode()).isEqualTo(200);
		assertThat(this.ann.get("/").path("user").path("id").asString()).isEqualTo("account:ann");
	}

	@Test
	void accountIsVisibleToItsUserOnly() {
		assertThat(this.ann.get("/accounts").path("data")).hasSize(1);
		assertThat(this.stranger.get("/accounts").path("data")).isEmpty();
		assertThat(TestClient.error(this.stranger.send("GET", "/accounts/ann", ""))).isEqualTo("403 121");
		assertThat(TestClient.error(this.anonymous.send("GET", "/accounts/ann", ""))).isEqualTo("401 104");
		assertThat(TestClient.error(this.anonymous.send("GET", "/accounts", ""))).isEqualTo("401 999");
	}

	@Test
	void listContainsOwnAccountOnlyAlsoIfOthersAreShared(EmbeddedKintoServer server) {
		this.anonymous.send("PUT", "/accounts/bob", """
				{"data":{"password":"secret"},"permissions":{"write":["account:ann"]}}""");
		assertThat(this.ann.send("GET", "/accounts/bob", "").statusCode()).isEqualTo(404);
		assertThat(this.ann.get("/accounts").path("data")).extracting((account) -> account.path("id").asString())
			.containsExactly("ann");
		assertThat(this.ann.send("HEAD", "/accounts", "").headers().firstValue("Total-Objects")).hasValue("1");
		assertThat(TestClient.json(this.ann.send("DELETE", "/accounts", "")).path("data")).hasSize(1);
		assertThat(new TestClient(server, "bob").get("/").path("user").path("id").asString()).isEqualTo("account:bob");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ann", "stranger" })
	void listContainsNoAccountsOfOthersAlsoIfAllAreReadable(String reader) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("account_read_principals", "system.Authenticated")
			.account("ann", "secret")
			.account("bob", "secret")
			.start()) {
			assertThat(new TestClient(server, reader).get("/accounts").path("data"))
				.hasSize(reader.equals("ann") ? 1 : 0);
		}
	}

	@Test
	void patchKeepsPassword() {
		JsonNode before = this.ann.get("/accounts/ann").path("data");
		assertThat(this.ann.send("PATCH", "/accounts/ann", "{\"data\":{\"age\":5}}").statusCode()).isEqualTo(200);
		JsonNode after = this.ann.get("/accounts/ann").path("data");
		assertThat(after.path("age").asInt()).isEqualTo(5);
		assertThat(after.path("password")).isEqualTo(before.path("password"));
	}

	@Test
	void passwordStoredByJsonPatchCannotBeUsed() {
		HttpResponse<String> response = this.ann.send("PATCH", "/accounts/ann",
				"[{\"op\":\"replace\",\"path\":\"/data/password\",\"value\":\"secret\"}]", "Content-Type",
				"application/json-patch+json");
		assertThat(TestClient.json(response).path("data").path("password").asString()).isEqualTo("secret");
		assertThat(this.ann.get("/").path("user").path("id").asString()).startsWith("basicauth:");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "PATCH" })
	void userChangesOwnPassword(String method, EmbeddedKintoServer server) {
		changePassword(server, this.ann, "ann", method);
	}

	@ParameterizedTest
	@CsvSource({ "PUT, carl", "PATCH, carl", "PUT, dora@example.com", "PATCH, dora@example.com" })
	void userOfInitialAccountChangesOwnPassword(String method, String name) {
		String data = "{\"accounts\":{\"dora@example.com\":{\"data\":{\"password\":\"secret\"}}}}";
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.account("carl", "secret")
			.initialData(new ByteArrayInputStream(data.getBytes(StandardCharsets.UTF_8)))
			.start()) {
			TestClient user = new TestClient(server, name);
			assertThat(user.get("/accounts/" + name).path("permissions"))
				.hasToString("{\"write\":[\"account:%s\"]}".formatted(name));
			changePassword(server, user, name, method);
			assertThat(new TestClient(server, "stranger").send(method, "/accounts/" + name, PASSWORD).statusCode())
				.isIn(400, 403);
		}
	}

	private static void changePassword(EmbeddedKintoServer server, TestClient user, String name, String method) {
		String userId = "account:" + name;
		assertThat(user.get("/").path("user").path("id").asString()).isEqualTo(userId);
		assertThat(user.send(method, "/accounts/" + name, "{\"data\":{\"password\":\"other\"}}").statusCode())
			.isEqualTo(200);
		assertThat(user.get("/").path("user").path("id").asString()).startsWith("basicauth:");
		String other = Base64.getEncoder().encodeToString((name + ":other").getBytes(StandardCharsets.UTF_8));
		assertThat(TestClient.json(user.send("GET", "/", "", "Authorization", "Basic " + other))
			.path("user")
			.path("id")
			.asString()).isEqualTo(userId);
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-8", "ISO-8859-1" })
	void credentialsCanHaveTwoEncodings(String encoding) {
		this.anonymous.send("PUT", "/accounts/bob", "{\"data\":{\"password\":\"pässwörd\"}}");
		String credentials = Base64.getEncoder().encodeToString("bob:pässwörd".getBytes(Charset.forName(encoding)));
		assertThat(user("Basic " + credentials).path("id").asString()).isEqualTo("account:bob");
	}

	@Test
	void credentialsWithoutPaddingAreIgnored() {
		assertThat(user("Basic YW5uOnNlY3JldA==").path("id").asString()).isEqualTo("account:ann");
		assertThat(user("Basic YW5uOnNlY3JldA").isMissingNode()).isTrue();
	}

	private JsonNode user(String authorization) {
		return TestClient.json(this.anonymous.send("GET", "/", "", "Authorization", authorization)).path("user");
	}

	@Test
	void administratorSeesPermissionsOfOtherAccounts(EmbeddedKintoServer server) {
		this.anonymous.send("PUT", "/accounts/admin", PASSWORD);
		assertThat(new TestClient(server, "admin").get("/accounts/ann").path("permissions"))
			.hasToString("{\"write\":[\"account:ann\"]}");
	}

	@Test
	void administratorManagesAllAccounts(EmbeddedKintoServer server) {
		this.anonymous.send("PUT", "/accounts/admin", PASSWORD);
		TestClient admin = new TestClient(server, "admin");
		assertThat(admin.get("/accounts/ann").path("data").path("id").asString()).isEqualTo("ann");
		assertThat(admin.get("/accounts").path("data")).hasSize(1);
		HttpResponse<String> created = admin.send("PUT", "/accounts/bob", PASSWORD);
		assertThat(created.statusCode()).isEqualTo(201);
		assertThat(TestClient.json(created).path("permissions")).hasToString("{\"write\":[\"account:bob\"]}");
		assertThat(admin.send("DELETE", "/accounts/ann", "").statusCode()).isEqualTo(200);
		assertThat(this.ann.get("/").path("user").path("id").asString()).startsWith("basicauth:");
	}

	@Test
	void administratorNeedsIdBeforeDataAsInKinto(EmbeddedKintoServer server) {
		this.anonymous.send("PUT", "/accounts/admin", PASSWORD);
		assertThat(TestClient.error(new TestClient(server, "admin").send("POST", "/accounts", "{}")))
			.isEqualTo("400 107 body:data.id");
		assertThat(TestClient.error(this.ann.send("POST", "/accounts", "{}"))).isEqualTo("400 107 body:data");
	}

	@Test
	void flushInBatchEndsCredentials() {
		String batch = "{\"requests\":[{\"method\":\"POST\",\"path\":\"/__flush__\"},{\"path\":\"/\"}]}";
		JsonNode responses = TestClient.json(this.ann.send("POST", "/batch", batch)).path("responses");
		assertThat(responses.path(0).path("status").asInt()).isEqualTo(202);
		assertThat(responses.path(1).path("body").path("user").path("id").asString()).startsWith("basicauth:");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"method\":\"DELETE\",\"path\":\"/accounts/ann\"}",
			"{\"method\":\"PATCH\",\"path\":\"/accounts/ann\",\"body\":{\"data\":{\"password\":\"new\"}}}" })
	void credentialsAreValidUntilTheirBatchEnds(String change) {
		String who = "{\"path\":\"/\"}";
		String batch = "{\"requests\":[%s,%s]}".formatted(change, who);
		JsonNode responses = TestClient.json(this.ann.send("POST", "/batch", batch)).path("responses");
		assertThat(responses.path(0).path("status").asInt()).isEqualTo(200);
		assertThat(responses.path(1).path("body").path("user").path("id").asString()).isEqualTo("account:ann");
		assertThat(this.ann.get("/").path("user").path("id").asString()).startsWith("basicauth:");
	}

}
