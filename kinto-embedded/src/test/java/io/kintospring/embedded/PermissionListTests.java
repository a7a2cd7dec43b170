package io.kintospring.embedded;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.kintospring.embedded.junit.EmbeddedKinto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the list of the permissions of the user.
 */
@EmbeddedKinto
class PermissionListTests {

	private static final String BUCKET = "/buckets/blog";

	private static final String COLLECTION = BUCKET + "/collections/posts";

	private static final String IN_BUCKET = "/permissions?bucket_id=blog&_sort=uri";

	private TestClient alice;

	private TestClient bob;

	private TestClient anonymous;

	@BeforeEach
	void createObjects(EmbeddedKintoServer server) {
		createObjectsIn(server);
		this.alice.send("PATCH", BUCKET, "{\"permissions\":{\"group:create\":[\"system.Authenticated\"]}}");
		this.alice.send("PATCH", COLLECTION, "{\"permissions\":{\"record:create\":[\"system.Authenticated\"]}}");
	}

	@Test
	void ownerHasAllPermissions() {
		assertThat(entries(this.alice, IN_BUCKET)).containsExactly(
				"/buckets/blog collection:create group:create read read:attributes write",
				"/buckets/blog/collections/posts read read:attributes record:create write",
				"/buckets/blog/collections/posts/records/a read write",
				"/buckets/blog/collections/posts/records/b read write", "/buckets/blog/groups/authors read write");
	}

	@Test
	void userHasGrantedPermissions() {
		assertThat(entries(this.bob, IN_BUCKET)).containsExactly("/buckets/blog group:create read:attributes",
				"/buckets/blog/collections/posts read:attributes record:create",
				"/buckets/blog/collections/posts/records/b read");
		assertThat(entries(this.anonymous, IN_BUCKET))
			.containsExactly("/buckets/blog/collections/posts/records/b read");
	}

	@Test
	void entryIdentifiesObject() {
		JsonNode record = this.alice.get(IN_BUCKET + "&record_id=a").path("data").path(0);
		assertThat(record.path("uri").asString()).isEqualTo(COLLECTION + "/records/a");
		assertThat(record.path("resource_name").asString()).isEqualTo("record");
		assertThat(record.path("id").asString()).isEqualTo("a");
		assertThat(record.path("bucket_id").asString()).isEqualTo("blog");
		assertThat(record.path("collection_id").asString()).isEqualTo("posts");
		assertThat(record.path("record_id").asString()).isEqualTo("a");
		assertThat(record.has("group_id")).isFalse();
		assertThat(record.has("last_modified")).isFalse();
	}

	@Test
	void rootHasPermissionsToCreateBucketsAndAccounts() {
		assertThat(entries(this.alice, "/permissions?uri=/")).containsExactly("/ account:create bucket:create");
		assertThat(entries(this.anonymous, "/permissions?uri=/")).containsExactly("/ account:create");
	}

	@ParameterizedTest
	@CsvSource({ "account_create_principals=, includes=kinto.plugins.accounts",
			"includes=, bucket_create_principals=" })
	void rootIsNotListedWithoutPermissions(String first, String second) {
		try (EmbeddedKintoServer server = start(first, second, "bucket_create_principals=basicauth:x")) {
			assertThat(entries(new TestClient(server, "alice"), "/permissions?uri=/")).isEmpty();
		}
	}

	@Test
	void configuredPermissionsAreListed() {
		try (EmbeddedKintoServer server = start("bucket_read_principals=system.Authenticated",
				"collection_write_principals=system.Authenticated", "collection_create_principals=basicauth:x",
				"group_read_principals=system.Everyone", "record_create_principals=system.Authenticated")) {
			createObjectsIn(server);
			assertThat(entries(this.bob, IN_BUCKET)).containsExactly("/buckets/blog read read:attributes",
					"/buckets/blog/collections/posts read read:attributes record:create write",
					"/buckets/blog/collections/posts/records/b read", "/buckets/blog/groups/authors read");
			assertThat(entries(this.anonymous, IN_BUCKET))
				.containsExactly("/buckets/blog/collections/posts/records/b read", "/buckets/blog/groups/authors read");
			assertThat(entries(this.alice, IN_BUCKET)).hasSize(5)
				.contains("/buckets/blog collection:create group:create read read:attributes write");
			assertThat(this.bob.send("GET", COLLECTION, "").statusCode()).isEqualTo(200);
			assertThat(this.bob.send("PUT", BUCKET + "/collections/drafts", "").statusCode()).isEqualTo(201);
			assertThat(this.bob.send("PUT", COLLECTION + "/records/c", "").statusCode()).isEqualTo(201);
			assertThat(this.anonymous.send("GET", BUCKET + "/groups/authors", "").statusCode()).isEqualTo(200);
			assertThat(this.anonymous.send("GET", COLLECTION, "").statusCode()).isEqualTo(401);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "exclude_resource_name=record | 3", "resource_name=group | 1", "id=a | 1",
					"like_uri=*records* | 2", "_since=5 | 5", "last_modified=5 | 5", "_limit=2 | 2",
					"min_uri=/buckets/blog/g | 1" })
	void entriesCanBeFiltered(String query, int count) {
		assertThat(this.alice.get(IN_BUCKET + "&" + query).path("data")).hasSize(count);
	}

	@ParameterizedTest
	@CsvSource({ "permissions=x, querystring:permissions", "title=x, querystring:title",
			"_sort=permissions, querystring", "_fields=permissions, body:Invalid _fields parameter",
			"_fields=x&_sort=x, querystring", "_fields=x&_token=x, body:Invalid _fields parameter" })
	void unknownFieldIsRejected(String query, String detail) {
		assertThat(TestClient.error(this.alice.send("GET", "/permissions?" + query, "")))
			.isEqualTo("400 107 " + detail);
		assertThat(this.alice.send("HEAD", "/permissions?" + query, "").statusCode()).isEqualTo(400);
	}

	@Test
	void selectedFieldsAreReturned() {
		JsonNode group = this.alice.get(IN_BUCKET + "&resource_name=group&_fields=uri").path("data").path(0);
		assertThat(group).hasToString("{\"uri\":\"/buckets/blog/groups/authors\",\"id\":\"authors\"}");
	}

	@Test
	void entriesAreCountedAndPaged() {
		HttpResponse<String> count = this.alice.send("HEAD", IN_BUCKET + "&exclude_resource_name=record", "");
		assertThat(count.headers().firstValue("Total-Objects")).hasValue("3");
		assertThat(count.headers().firstValue("Total-Records")).hasValue("3");
		HttpResponse<String> page = this.alice.send("GET", IN_BUCKET + "&_limit=3", "");
		assertThat(page.headers().firstValue("Total-Objects")).isEmpty();
		assertThat(entries(this.alice, page.headers().firstValue("Next-Page").orElseThrow())).containsExactly(
				"/buckets/blog/collections/posts/records/b read write", "/buckets/blog/groups/authors read write");
	}

	@Test
	void entriesAreSortedByDescendingUriByDefault() {
		assertThat(entries(this.alice, "/permissions?bucket_id=blog&_fields=uri").get(0).strip())
			.isEqualTo("/buckets/blog/groups/authors");
	}

	@Test
	void listCannotBeCached() {
		HttpResponse<String> first = this.alice.send("GET", IN_BUCKET, "");
		assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache, no-store");
		String etag = first.headers().firstValue("ETag").orElseThrow();
		assertThat(this.alice.send("GET", IN_BUCKET, "", "If-None-Match", etag).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "PATCH", "DELETE" })
	void listIsReadOnly(String method) {
		assertThat(TestClient.error(this.alice.send(method, "/permissions", "{}"))).isEqualTo("405 115");
	}

	private void createObjectsIn(EmbeddedKintoServer server) {
		this.alice = new TestClient(server, "alice");
		this.bob = new TestClient(server, "bob");
		this.anonymous = new TestClient(server, "");
		this.alice.send("PUT", BUCKET, "");
		this.alice.send("PUT", BUCKET + "/groups/authors", "");
		this.alice.send("PUT", COLLECTION, "");
		this.alice.send("PUT", COLLECTION + "/records/a", "");
		this.alice.send("PUT", COLLECTION + "/records/b", "{\"permissions\":{\"read\":[\"system.Everyone\"]}}");
	}

	private static List<String> entries(TestClient client, String path) {
		return client.get(path).path("data").valueStream().map((entry) -> {
			TreeSet<String> permissions = entry.path("permissions")
				.valueStream()
				.map(JsonNode::asString)
				.collect(Collectors.toCollection(TreeSet::new));
			return entry.path("uri").asString() + " " + String.join(" ", permissions);
		}).toList();
	}

	private static EmbeddedKintoServer start(String... settings) {
		EmbeddedKintoServer.Builder builder = EmbeddedKintoServer.builder();
		for (String setting : settings) {
			String[] parts = setting.split("=", 2);
			builder.setting(parts[0], parts[1]);
		}
		return builder.start();
	}

}
