package io.kintospring.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoHistoryEntry;
import io.kintospring.KintoObject;
import io.kintospring.KintoPermissionEntry;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.KintoUnsupportedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Calls to plugins, and the check of their capabilities.
 */
class PluginTests {

	private static final String ACCOUNT = "{\"id\":\"a+b@x.org\",\"last_modified\":5,\"password\":\"$2b$12$hash\","
			+ "\"team\":\"x\"}";

	private static final KintoResponse NOTHING = has();

	private final KintoCalls kinto = Requests.kinto();

	private final BucketCalls bucket = this.kinto.bucket("b");

	@Test
	void capabilitiesAreReadFirst() {
		BucketCalls bucket = Requests.kinto().bucket("b", (o) -> o.header("X-Option", "1"));
		Steps.of(bucket.history().list((q) -> q.header("If-None-Match", "\"5\"")))
			.sends("GET /", "X-Option: 1")
			.respond(has("history"))
			.sends("GET /buckets/b/history", "If-None-Match: \"5\"", "X-Option: 1");
	}

	@Test
	void callWithoutCapabilityIsNotSent() {
		Steps<?> steps = Steps.of(this.bucket.history().list());
		assertThatExceptionOfType(KintoUnsupportedException.class).isThrownBy(() -> steps.respond(has("accounts")))
			.withMessage("listHistory GET /buckets/b/history was not sent: the server lacks the capability 'history':"
					+ " enable it in the configuration of the server")
			.satisfies((ex) -> assertThat(ex.capability()).isEqualTo("history"));
		Steps<?> streamed = Steps.of(this.bucket.history().stream());
		assertThatExceptionOfType(KintoUnsupportedException.class).isThrownBy(() -> streamed.respond(NOTHING));
	}

	@Test
	void missingCapabilityIsCheckedAgain() {
		Steps<?> steps = Steps.of(this.bucket.history().list());
		assertThatExceptionOfType(KintoUnsupportedException.class).isThrownBy(() -> steps.respond(NOTHING));
		Steps.of(this.bucket.history().list()).sends("GET /").respond(has("history")).sends("GET /buckets/b/history");
	}

	@Test
	void historyIsRead() {
		ListResult<KintoHistoryEntry> page = Steps
			.of(this.bucket.history().list((q) -> q.where("record_id").is("r").limit(2)))
			.respond(has("history"))
			.sends("GET /buckets/b/history?_limit=2&eq_record_id=%22r%22")
			.respond(Responses.page("""
					[{"id":"e1","last_modified":9,"date":"2026-11-23T16:22:48.090157+00:00","action":"update",
					  "uri":"/buckets/b/collections/c/records/r","user_id":"account:ann","resource_name":"record",
					  "collection_id":"c","record_id":"r",
					  "target":{"data":{"id":"r","last_modified":8,"a":1},"permissions":{"write":["account:ann"]}}},
					 {"id":"e0","last_modified":5,"date":"2026-11-23T16:22:48Z","action":"delete","uri":"/buckets/b",
					  "user_id":"account:ann","resource_name":"bucket","bucket_id":"b","added":"later",
					  "target":{"data":{"id":"b","last_modified":5,"deleted":true}}}]""", "Next-Page",
					"http://h/v1/x?_token=t"))
			.result();
		KintoObject<KintoHistoryEntry> entry = page.data().get(0);
		assertThat(entry.id()).isEqualTo("e1");
		assertThat(entry.lastModified()).isEqualTo(KintoTimestamp.of(9));
		assertThat(entry.data()).isEqualTo(new KintoHistoryEntry(Instant.parse("2026-11-23T16:22:48.090157Z"), "update",
				"/buckets/b/collections/c/records/r", "account:ann", "record", null, "c", null, "r",
				new KintoHistoryEntry.Target(Map.of("id", "r", "last_modified", 8, "a", 1),
						KintoPermissions.none().write("account:ann"))));
		KintoHistoryEntry deletion = page.data().get(1).data();
		assertThat(deletion.bucketId()).isEqualTo("b");
		assertThat(deletion.target().data()).containsEntry("deleted", true);
		assertThat(deletion.target().permissions()).isEqualTo(KintoPermissions.none());
		assertThat(page.next()).isNotNull();
		assertThat(page.next().request().target()).isEqualTo("/buckets/b/history?_token=t");
	}

	@Test
	void malformedHistoryFails() {
		Steps<?> steps = Steps.of(this.bucket.history().list()).respond(has("history"));
		assertThatExceptionOfType(KintoResponseException.class)
			.isThrownBy(() -> steps.respond(Responses.page("[{\"id\":\"e\",\"last_modified\":5,\"date\":\"soon\"}]")))
			.withMessageContaining("cannot be read as a list of KintoHistoryEntry");
	}

	@Test
	void historyIsStreamedAfterCapabilityCheck() {
		assertThat(Steps.of(this.bucket.history().stream((q) -> q.sort("date")))
			.sends("GET /")
			.respond(has("history"))
			.sends("GET /buckets/b/history?_sort=date")
			.respond(Responses.page("[]"))
			.result()).isEmpty();
	}

	/**
	 * Kinto would return incomplete entries.
	 */
	@Test
	void historyRejectsFields() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.bucket.history().list((q) -> q.fields("uri")))
			.withMessage("listHistory returns whole entries: fields(…) is not supported");
		assertThatIllegalArgumentException().isThrownBy(() -> this.bucket.history().stream((q) -> q.fields("uri")))
			.withMessageStartingWith("streamHistory ");
	}

	/**
	 * Page tokens of a deletion are unreliable.
	 */
	@Test
	void historyIsPurgedPageByPage() {
		List<KintoTombstone> purged = Steps
			.of(this.bucket.history().deleteAll((q) -> q.where("resource_name").is("record")))
			.sends("GET /")
			.respond(has("history"))
			.sends("DELETE /buckets/b/history?eq_resource_name=%22record%22")
			.respond(Responses.page("[{\"id\":\"e\",\"last_modified\":5,\"deleted\":true}]", "Next-Page",
					"http://h/v1/x?_token=t"))
			.sends("DELETE /buckets/b/history?eq_resource_name=%22record%22")
			.respond(Responses.page("[{\"id\":\"f\",\"last_modified\":6,\"deleted\":true}]"))
			.result();
		assertThat(purged).extracting(KintoTombstone::id).containsExactly("e", "f");
		Steps.of(this.bucket.history().deleteAll())
			.sends("GET /")
			.respond(has("history"))
			.sends("DELETE /buckets/b/history");
	}

	@Test
	void purgeOfHistoryWithoutFilterIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.bucket.history().deleteAll((q) -> q))
			.withMessage(
					"purgeHistory requires a filter in the query: call deleteAll() without a query to delete all objects");
	}

	@Test
	void snapshotIsRead() {
		List<KintoObject<Post>> records = Steps
			.of(this.bucket.collection("c", Post.class, (o) -> o.header("X-Option", "1"))
				.snapshot(KintoTimestamp.of(1700)))
			.sends("GET /", "X-Option: 1")
			.respond(has("history"))
			.sends("GET /buckets/b/snapshot/collections/c@1700", "X-Option: 1")
			.respond(Responses.json(200, """
					{"data":[{"id":"a","last_modified":5,"title":"A","stars":1},
					 {"id":"b","last_modified":4,"deleted":true}]}"""))
			.result();
		assertThat(records)
			.containsExactly(new KintoObject<>("a", KintoTimestamp.of(5), new Post("A", 1), KintoPermissions.none()));
	}

	@Test
	void accountIsCreated() {
		KintoObject<Map<String, Object>> account = Steps.of(this.kinto.createAccount("a+b@x.org", "s3cr3t"))
			.sends("GET /")
			.respond(has("accounts"))
			.sends("PUT /accounts/a%2Bb%40x.org", "Content-Type: application/json", "If-None-Match: *",
					"{\"data\":{\"password\":\"s3cr3t\"}}")
			.respond(account())
			.result();
		assertThat(account.id()).isEqualTo("a+b@x.org");
		assertThat(account.data()).containsOnlyKeys("id", "last_modified", "team");
	}

	@Test
	void changePasswordPatchesPasswordOnly() {
		for (KintoCalls kinto : List.of(this.kinto, Requests.kinto((o) -> o.safe(true)))) {
			KintoObject<Map<String, Object>> account = Steps.of(kinto.changePassword("a+b@x.org", "s3cr3t"))
				.sends("GET /")
				.respond(has("accounts"))
				.sends("PATCH /accounts/a%2Bb%40x.org", "Content-Type: application/json",
						"{\"data\":{\"password\":\"s3cr3t\"}}")
				.respond(account())
				.result();
			assertThat(account.data()).containsOnlyKeys("id", "last_modified", "team");
		}
	}

	@Test
	void accountIsDeleted() {
		for (KintoCalls kinto : List.of(this.kinto, Requests.kinto((o) -> o.safe(true)))) {
			assertThat(Steps.of(kinto.deleteAccount("a+b@x.org"))
				.sends("GET /")
				.respond(has("accounts"))
				.sends("DELETE /accounts/a%2Bb%40x.org")
				.respond(Responses.json(200, "{\"data\":{\"id\":\"a+b@x.org\",\"last_modified\":5,\"deleted\":true}}"))
				.result()).isEqualTo(new KintoTombstone("a+b@x.org", KintoTimestamp.of(5)));
		}
	}

	@Test
	void invalidAccountNameIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.kinto.deleteAccount("a/b"))
			.withMessage("'a/b' cannot be the id of an account: it must start with a letter or digit, followed by"
					+ " letters, digits, '-', '+', '.', '@' and '_' (ASCII only)");
		assertThatIllegalArgumentException().isThrownBy(() -> this.kinto.createAccount("..", "x"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.kinto.bucket("a@b"));
	}

	/**
	 * Kinto also returns the hash if the account exists already.
	 */
	@Test
	void passwordHashesAreRemoved() {
		Steps<KintoObject<Map<String, Object>>> steps = Steps.of(this.kinto.createAccount("a+b@x.org", "s3cr3t"))
			.respond(has("accounts"));
		assertThat(steps).hasToString("createAccount PUT /accounts/a%2Bb%40x.org");
		KintoConflictException conflict = catchThrowableOfType(KintoConflictException.class, () -> steps
			.respond(Responses.json(412, "{\"code\":412,\"errno\":114,\"details\":{\"existing\":" + ACCOUNT + "}}")));
		assertThat(conflict).hasMessageContaining("exists already").hasMessageNotContaining("$2b$");
		assertThat(conflict.errno()).isEqualTo(114);
		assertThat(conflict.existing()).isEmpty();
		assertThat(conflict.response().body()).isEmpty();
		assertThat(conflict.getSuppressed()).isEmpty();
		assertThat(conflict.getCause()).isNull();
		assertThat(steps.respond(account()).result().toString()).doesNotContain("$2b$");
	}

	@Test
	void batchChecksCapabilitiesOnce() {
		KintoCall<?> ann = this.kinto.createAccount("a+b@x.org", "s3cr3t");
		KintoCall<?> bob = this.kinto.createAccount("bob", "s3cr3t");
		KintoCall<?> history = this.bucket.history().list();
		KintoBatch batch = this.kinto.batch(List.of(ann, bob, history), (o) -> o.maxRequests(25));
		assertThat(batch.requirements()).isEqualTo(List.of(ann, history));
		assertThat(batch.chunks()).singleElement()
			.satisfies((part) -> assertThat(part.calls()).isEqualTo(List.of(ann, bob, history)));
	}

	@Test
	void permissionsAreRead() {
		List<KintoPermissionEntry> entries = Steps
			.of(this.kinto.listPermissions((q) -> q.where("resource_name").not("group").header("X-Option", "1")))
			.sends("GET /", "X-Option: 1")
			.respond(has("permissions_endpoint"))
			.sends("GET /permissions?not_resource_name=%22group%22", "X-Option: 1")
			.respond(Responses.json(200,
					"""
							{"data":[{"uri":"/buckets/b/collections/c/records/r","resource_name":"record","id":"r",
							 "bucket_id":"b","collection_id":"c","record_id":"r","permissions":["write","read:attributes"]}]}""",
					"Next-Page", "http://h/v1/permissions?_token=t"))
			.sends("GET /permissions?_token=t", "X-Option: 1")
			.respond(Responses.json(200,
					"{\"data\":[{\"uri\":\"/\",\"resource_name\":\"root\",\"permissions\":[\"bucket:create\"]}]}"))
			.result();
		assertThat(entries).containsExactly(
				new KintoPermissionEntry("/buckets/b/collections/c/records/r", "record",
						Set.of("write", "read:attributes"), "b", "c", null, "r"),
				new KintoPermissionEntry("/", "root", Set.of("bucket:create"), null, null, null, null));
	}

	@Test
	void permissionsStopAfterMaximumPages() {
		assertThat(Steps.of(this.kinto.streamPermissions((q) -> q.limit(1).pages(2)))
			.respond(has("permissions_endpoint"))
			.sends("GET /permissions?_limit=1")
			.respond(Responses.json(200, "{\"data\":[]}", "Next-Page", "http://h/v1/x?_token=t"))
			.sends("GET /permissions?_token=t")
			.respond(Responses.json(200, "{\"data\":[]}", "Next-Page", "http://h/v1/x?_token=u"))
			.result()).isEmpty();
	}

	@Test
	void permissionsRejectFields() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.kinto.listPermissions((q) -> q.fields("uri")))
			.withMessage("listPermissions returns whole entries: fields(…) is not supported");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "{\"data\":[{}]}", "{\"data\":[{\"uri\":\"/\",\"resource_name\":\"root\"}]}",
			"{\"data\":[{\"uri\":[],\"resource_name\":\"root\",\"permissions\":[]}]}" })
	void malformedPermissionsFail(String body) {
		Steps<?> steps = Steps.of(this.kinto.listPermissions()).respond(has("permissions_endpoint"));
		assertThatExceptionOfType(KintoResponseException.class)
			.isThrownBy(() -> steps.respond(Responses.json(200, body)))
			.withMessageContaining("cannot be read as a list of permissions");
	}

	private static KintoResponse account() {
		return Responses.json(201, "{\"data\":" + ACCOUNT + ",\"permissions\":{\"write\":[\"account:ann\"]}}");
	}

	/**
	 * Return the information of a server with capabilities.
	 */
	static KintoResponse has(String... capabilities) {
		StringBuilder json = new StringBuilder("{\"http_api_version\":\"1.23\",\"capabilities\":{\"other\":{}");
		for (String capability : capabilities) {
			json.append(",\"").append(capability).append("\":{}");
		}
		return Responses.json(200, json.append("}}").toString());
	}

}
